import { TextField } from '../../components/text-field.tsx';

/** Whose account it is. */
export function EmailField({ error }: { error: string | undefined }) {
  return (
    <TextField
      label="E-mail"
      name="email"
      type="email"
      autoComplete="username"
      required
      error={error}
    />
  );
}
