import { useMutation } from '@apollo/client/react';
import { Form } from '../../forms/form.tsx';
import { useForm } from '../../forms/use-form.ts';
import { EmailField } from './email-field.tsx';
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
      <EmailField error={form.errors.byField.email} />
    </Form>
  );
}
