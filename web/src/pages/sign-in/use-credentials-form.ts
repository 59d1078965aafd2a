import { useMutation } from '@apollo/client/react';
import { useForm } from '../../forms/use-form.ts';
import { keepDeviceToken, readDeviceToken } from '../../session/device-token.ts';
import { useSessionStore } from '../../session/session-context.ts';
import { signInMutation, signUpMutation } from './sign-in-documents.ts';

export type Mode = 'sign-in' | 'sign-up';

const fields = ['name', 'email', 'password'];

interface Next {
  /** A second factor is needed. */
  onChallenge: (challenge: string) => void;
  /** A mail says how to go on. */
  onMail: () => void;
}

/** Signs in or up with what a form holds, and opens the session that comes back. */
export function useCredentialsForm(mode: Mode, { onChallenge, onMail }: Next) {
  const session = useSessionStore();
  const [signIn] = useMutation(signInMutation);
  const [signUp] = useMutation(signUpMutation);
  return useForm({
    fields,
    async send(read) {
      const credentials = { email: read('email'), password: read('password') };
      if (mode === 'sign-in') {
        const input = { ...credentials, deviceToken: readDeviceToken() };
        return (await signIn({ variables: { input } })).data?.signIn;
      }
      const input = { ...credentials, name: read('name') };
      return (await signUp({ variables: { input } })).data?.signUp;
    },
    onDone(answer) {
      if (answer.secondFactor) return onChallenge(answer.secondFactor.challenge);
      if (!answer.session) return onMail();
      keepDeviceToken(answer.session.deviceToken);
      session.begin(answer.session);
    },
  });
}
