import { TextField } from '../../components/text-field.tsx';
import { Form } from '../../forms/form.tsx';
import { NewPasswordField } from '../../forms/new-password-field.tsx';
import { OwnPasswordField } from '../../forms/own-password-field.tsx';
import { EmailField } from './email-field.tsx';
import { type Mode, useCredentialsForm } from './use-credentials-form.ts';

interface CredentialsFormProps {
  mode: Mode;
  onChallenge: (challenge: string) => void;
  onMail: () => void;
}

export function CredentialsForm({ mode, ...next }: CredentialsFormProps) {
  const form = useCredentialsForm(mode, next);
  const { byField } = form.errors;
  const isSignUp = mode === 'sign-up';
  return (
    <Form form={form} action={isSignUp ? 'Create account' : 'Sign in'}>
      {isSignUp && (
        <TextField label="Name" name="name" autoComplete="name" required error={byField.name} />
      )}
      <EmailField error={byField.email} />
      {isSignUp ? (
        <NewPasswordField label="Password" name="password" error={byField.password} />
      ) : (
        <OwnPasswordField label="Password" error={byField.password} />
      )}
    </Form>
  );
}
