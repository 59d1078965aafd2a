import { useMutation } from '@apollo/client/react';
import { useState } from 'react';
import { TextField } from '../../components/text-field.tsx';
import { Form } from '../../forms/form.tsx';
import { OwnPasswordField } from '../../forms/own-password-field.tsx';
import { useForm } from '../../forms/use-form.ts';
import { useSessionStore } from '../../session/session-context.ts';
import { accountQuery } from './account-documents.ts';
import { confirmMfaMutation, startMfaMutation } from './mfa-documents.ts';

interface Enrolment {
  secret: string;
  qrCode: string;
}

/** First the password, then a code of the application that read the QR code. */
export function MfaEnrolmentForms(props: { onEnabled: (codes: readonly string[]) => void }) {
  const [enrolment, setEnrolment] = useState<Enrolment | null>(null);
  const [start] = useMutation(startMfaMutation);
  const form = useForm({
    fields: ['password'],
    send: async (read) =>
      (await start({ variables: { input: { password: read('password') } } })).data
        ?.startMfaEnrolment,
    onDone: (answer) => setEnrolment(answer.enrolment ?? null),
  });
  if (enrolment) return <CodeForm enrolment={enrolment} onEnabled={props.onEnabled} />;
  return (
    <Form form={form} action="Set up two-step sign-in">
      <p className="text-[13px] text-muted">
        Besides the password, signing in then takes a code of an application on your telephone.
      </p>
      <OwnPasswordField error={form.errors.byField.password} />
    </Form>
  );
}

function CodeForm(props: { enrolment: Enrolment; onEnabled: (codes: readonly string[]) => void }) {
  const { secret, qrCode } = props.enrolment;
  const session = useSessionStore();
  const [confirm] = useMutation(confirmMfaMutation, { refetchQueries: [accountQuery] });
  const form = useForm({
    fields: ['code'],
    send: async (read) =>
      (await confirm({ variables: { input: { code: read('code') } } })).data?.confirmMfaEnrolment,
    onDone(answer) {
      props.onEnabled(answer.recoveryCodes ?? []);
      // The next token says that there is a second factor.
      void session.renew();
    },
  });
  return (
    <Form form={form} action="Turn on">
      <img
        src={qrCode}
        alt="QR code for an authenticator application"
        className="size-48 rounded"
      />
      <p className="text-[13px] text-muted">
        Scan it with an authenticator application, or type{' '}
        <code className="font-mono break-all text-ink">{secret}</code>
      </p>
      <TextField
        label="Code"
        name="code"
        inputMode="numeric"
        autoComplete="one-time-code"
        required
        hint="The six digits that the application shows now."
        error={form.errors.byField.code}
      />
    </Form>
  );
}
