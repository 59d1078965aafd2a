import { useMutation } from '@apollo/client/react';
import { useState } from 'react';
import { Link } from 'react-router';
import { Form } from '../../forms/form.tsx';
import { NewPasswordField } from '../../forms/new-password-field.tsx';
import { useForm } from '../../forms/use-form.ts';
import { readFragment } from '../../session/read-fragment.ts';
import { DoorPage } from '../sign-in/door-page.tsx';
import { resetPasswordMutation } from './link-documents.ts';

export function ResetPasswordPage() {
  const [token] = useState(() => readFragment('token') ?? '');
  const [isDone, setDone] = useState(false);
  const [reset] = useMutation(resetPasswordMutation);
  const form = useForm({
    fields: ['newPassword'],
    async send(read) {
      const input = { token, newPassword: read('newPassword') };
      return (await reset({ variables: { input } })).data?.resetPassword;
    },
    onDone: () => setDone(true),
  });
  return (
    <DoorPage title="Choose a new password">
      {isDone ? (
        <p role="status" className="text-sm">
          Your password has changed, and every device is signed out.{' '}
          <Link to="/sign-in" className="rounded font-medium text-accent hover:underline">
            Sign in
          </Link>
        </p>
      ) : (
        <Form form={form} action="Change the password">
          <NewPasswordField
            label="New password"
            name="newPassword"
            error={form.errors.byField.newPassword}
          />
        </Form>
      )}
    </DoorPage>
  );
}
