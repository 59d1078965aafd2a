import { useMutation } from '@apollo/client/react';
import { TextField } from '../../components/text-field.tsx';
import { Form } from '../../forms/form.tsx';
import { useForm } from '../../forms/use-form.ts';
import { keepDeviceToken } from '../../session/device-token.ts';
import { useSessionStore } from '../../session/session-context.ts';
import { completeSignInMutation } from './sign-in-documents.ts';

export function SecondFactorForm({ challenge }: { challenge: string }) {
  const session = useSessionStore();
  const [complete] = useMutation(completeSignInMutation);
  const form = useForm({
    fields: ['code'],
    async send(read) {
      const input = { challenge, code: read('code') };
      return (await complete({ variables: { input } })).data?.completeSignIn;
    },
    onDone(answer) {
      if (!answer.session) return;
      keepDeviceToken(answer.session.deviceToken);
      session.begin(answer.session);
    },
  });
  return (
    <Form form={form} action="Continue">
      <TextField
        label="Code"
        name="code"
        inputMode="text"
        autoComplete="one-time-code"
        required
        hint="Six digits of your authenticator application, or a recovery code."
        error={form.errors.byField.code}
      />
    </Form>
  );
}
