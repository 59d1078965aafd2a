import { useState } from 'react';
import { TextField } from '../components/text-field.tsx';
import { PasswordStrength } from './password-strength.tsx';

interface NewPasswordFieldProps {
  name: string;
  label: string;
  error: string | undefined;
}

export function NewPasswordField({ name, label, error }: NewPasswordFieldProps) {
  const [password, setPassword] = useState('');
  return (
    <div className="grid gap-1">
      <TextField
        label={label}
        name={name}
        type="password"
        autoComplete="new-password"
        required
        maxLength={256}
        hint="At least 12 characters, of any kind."
        error={error}
        value={password}
        onChange={(event) => setPassword(event.target.value)}
      />
      <PasswordStrength password={password} />
    </div>
  );
}
