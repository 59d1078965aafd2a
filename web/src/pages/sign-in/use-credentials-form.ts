import { useMutation } from '@apollo/client/react';
import { type FormEvent, useState } from 'react';
import { toFieldErrors } from '../../graph/field-errors.ts';
import { useSessionStore } from '../../session/session-context.ts';
import { signInMutation, signUpMutation } from './sign-in-documents.ts';

export type Mode = 'sign-in' | 'sign-up';

const fields = ['name', 'email', 'password'];

/** Signs in or up with what a form holds, and opens the session that comes back. */
export function useCredentialsForm(mode: Mode) {
  const session = useSessionStore();
  const [signIn, signInState] = useMutation(signInMutation);
  const [signUp, signUpState] = useMutation(signUpMutation);
  const [errors, setErrors] = useState(() => toFieldErrors([], fields));

  async function send(form: FormData) {
    const read = (name: string) => String(form.get(name) ?? '');
    const credentials = { email: read('email').trim(), password: read('password') };
    if (mode === 'sign-in')
      return (await signIn({ variables: { input: credentials } })).data?.signIn;
    const input = { ...credentials, name: read('name').trim() };
    return (await signUp({ variables: { input } })).data?.signUp;
  }

  async function submit(event: FormEvent<HTMLFormElement>): Promise<void> {
    event.preventDefault();
    // What cannot be sent at all is in the mutation's state.
    const payload = await send(new FormData(event.currentTarget)).catch(() => undefined);
    setErrors(toFieldErrors(payload?.userErrors ?? [], fields));
    if (payload?.session) session.begin(payload.session);
  }

  return {
    submit: (event: FormEvent<HTMLFormElement>) => void submit(event),
    errors,
    error: mode === 'sign-in' ? signInState.error : signUpState.error,
    loading: signInState.loading || signUpState.loading,
  };
}
