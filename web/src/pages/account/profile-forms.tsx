import { useMutation } from '@apollo/client/react';
import { useState } from 'react';
import { Button } from '../../components/button.tsx';
import { TextField } from '../../components/text-field.tsx';
import { Form } from '../../forms/form.tsx';
import { NewPasswordField } from '../../forms/new-password-field.tsx';
import { OwnPasswordField } from '../../forms/own-password-field.tsx';
import { useForm } from '../../forms/use-form.ts';
import type { AccountQuery } from '../../generated/graphql.ts';
import { useSessionStore } from '../../session/session-context.ts';
import {
  changePasswordMutation,
  requestDeletionMutation,
  requestEmailChangeMutation,
  requestVerificationMutation,
  updateProfileMutation,
} from './account-documents.ts';

export type Account = NonNullable<AccountQuery['viewer']>;

export function NameForm({ account }: { account: Account }) {
  const [done, setDone] = useState<string | undefined>(undefined);
  const [update] = useMutation(updateProfileMutation);
  const form = useForm({
    fields: ['name'],
    send: async (read) =>
      (await update({ variables: { input: { name: read('name') } } })).data?.updateProfile,
    onDone: () => setDone('Saved.'),
  });
  const { name } = form.errors.byField;
  return (
    <Form form={form} action="Save" done={done}>
      <TextField label="Name" name="name" defaultValue={account.name} required error={name} />
    </Form>
  );
}

export function EmailForm({ account }: { account: Account }) {
  const [done, setDone] = useState<string | undefined>(undefined);
  const [change] = useMutation(requestEmailChangeMutation);
  const [verify, verifying] = useMutation(requestVerificationMutation);
  const form = useForm({
    fields: ['newEmail', 'password'],
    async send(read) {
      const input = { newEmail: read('newEmail'), password: read('password') };
      return (await change({ variables: { input } })).data?.requestEmailChange;
    },
    onDone(_, element) {
      element.reset();
      setDone('Confirm it with the links in two mails: one to each address.');
    },
  });
  const { byField } = form.errors;
  return (
    <div className="grid gap-3">
      <p className="text-sm">
        {account.email}{' '}
        {account.isEmailVerified === false && (
          <Button
            disabled={verifying.loading || verifying.data !== undefined}
            onClick={() => void verify().catch(() => {})}
          >
            {verifying.data ? 'A link is on its way' : 'Confirm this address'}
          </Button>
        )}
      </p>
      <Form form={form} action="Change the address" done={done}>
        <TextField
          label="New address"
          name="newEmail"
          type="email"
          required
          error={byField.newEmail}
        />
        <OwnPasswordField error={byField.password} />
      </Form>
    </div>
  );
}

export function PasswordForm() {
  const [done, setDone] = useState<string | undefined>(undefined);
  const [change] = useMutation(changePasswordMutation);
  const form = useForm({
    fields: ['currentPassword', 'newPassword'],
    async send(read) {
      const input = { currentPassword: read('currentPassword'), newPassword: read('newPassword') };
      return (await change({ variables: { input } })).data?.changePassword;
    },
    onDone(_, element) {
      element.reset();
      setDone('Changed. Every other device is signed out.');
    },
  });
  const { byField } = form.errors;
  return (
    <Form form={form} action="Change the password" done={done}>
      <OwnPasswordField
        label="Current password"
        name="currentPassword"
        error={byField.currentPassword}
      />
      <NewPasswordField label="New password" name="newPassword" error={byField.newPassword} />
    </Form>
  );
}

export function DeletionForm() {
  const session = useSessionStore();
  const [request] = useMutation(requestDeletionMutation);
  const form = useForm({
    fields: ['password'],
    send: async (read) =>
      (await request({ variables: { input: { password: read('password') } } })).data
        ?.requestAccountDeletion,
    onDone: () => session.end('signed-out'),
  });
  return (
    <Form form={form} action="Ask for deletion">
      <p className="text-[13px] text-muted">
        Signs you out everywhere. Signing in again within 30 days takes it back.
      </p>
      <OwnPasswordField error={form.errors.byField.password} />
    </Form>
  );
}
