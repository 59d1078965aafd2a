import { useMutation } from '@apollo/client/react';
import { TextField } from '../../components/text-field.tsx';
import { Form } from '../../forms/form.tsx';
import { useForm } from '../../forms/use-form.ts';
import { requestPasswordResetMutation } from './sign-in-documents.ts';

export function ForgotPasswordForm({ onMail }: { onMail: () => void }) {
  const [request] = useMutation(requestPasswordResetMutation);
  const form = useForm({
    fields: ['email'],
    send: async (read) =>
      (await request({ variables: { input: { email: read('email') } } })).data
        ?.requestPasswordReset,
    onDone: onMail,
  });
  return (
    <Form form={form} action="Send me a link">
      <TextField
        label="E-mail"
        name="email"
        type="email"
        autoComplete="username"
        required
        error={form.errors.byField.email}
      />
    </Form>
  );
}
