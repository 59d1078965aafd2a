import { Button } from '../../components/button.tsx';
import { ErrorState } from '../../components/states.tsx';
import { TextField } from '../../components/text-field.tsx';
import { type Mode, useCredentialsForm } from './use-credentials-form.ts';

export function CredentialsForm({ mode }: { mode: Mode }) {
  const { submit, errors, error, loading } = useCredentialsForm(mode);
  const isSignUp = mode === 'sign-up';
  return (
    <form onSubmit={submit} className="grid gap-2">
      {error && <ErrorState error={error} />}
      {isSignUp && (
        <TextField
          label="Name"
          name="name"
          autoComplete="name"
          required
          error={errors.byField.name}
        />
      )}
      <TextField
        label="E-mail"
        name="email"
        type="email"
        autoComplete="username"
        required
        error={errors.byField.email}
      />
      <TextField
        label="Password"
        name="password"
        type="password"
        autoComplete={isSignUp ? 'new-password' : 'current-password'}
        required
        minLength={isSignUp ? 12 : undefined}
        maxLength={256}
        {...(isSignUp && { hint: 'At least 12 characters.' })}
        error={errors.byField.password}
      />
      <div role="alert" className="text-[13px] text-critical empty:hidden">
        {errors.general.map((message) => (
          <p key={message}>{message}</p>
        ))}
      </div>
      <Button look="primary" type="submit" disabled={loading} className="mt-1 min-h-9">
        {isSignUp ? 'Create account' : 'Sign in'}
      </Button>
    </form>
  );
}
