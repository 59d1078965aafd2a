import { TextField } from '../components/text-field.tsx';

/** Asks somebody for the password they have, by the name `password` unless told otherwise. */
export function OwnPasswordField(props: {
  label?: string;
  name?: string;
  error: string | undefined;
}) {
  const { label = 'Your password', name = 'password', error } = props;
  return (
    <TextField
      label={label}
      name={name}
      type="password"
      autoComplete="current-password"
      required
      maxLength={256}
      error={error}
    />
  );
}
