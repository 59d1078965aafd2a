import { useMutation } from '@apollo/client/react';
import {
  confirmEmailChangeMutation,
  unlockSignInMutation,
  verifyEmailMutation,
} from './link-documents.ts';
import { LinkPage } from './link-page.tsx';

const unanswered = [{ message: 'There was no answer. Try again.' }];

export function VerifyEmailPage() {
  const [verify] = useMutation(verifyEmailMutation);
  return (
    <LinkPage
      title="Confirm your address"
      explanation="Confirm that the mail with this link came to you."
      action="Confirm"
      use={async (token) => {
        const { data } = await verify({ variables: { input: { token } } });
        const userErrors = data?.verifyEmail.userErrors ?? unanswered;
        return { userErrors, done: 'Your address is confirmed.' };
      }}
    />
  );
}

export function UnlockPage() {
  const [unlock] = useMutation(unlockSignInMutation);
  return (
    <LinkPage
      title="Unlock the sign-in"
      explanation="Somebody tried too many passwords. Unlock the sign-in for yourself."
      action="Unlock"
      use={async (token) => {
        const { data } = await unlock({ variables: { input: { token } } });
        const userErrors = data?.unlockSignIn.userErrors ?? unanswered;
        return { userErrors, done: 'You can sign in again.' };
      }}
    />
  );
}

export function ConfirmEmailPage() {
  const [confirm] = useMutation(confirmEmailChangeMutation);
  return (
    <LinkPage
      title="Change your address"
      explanation="Confirm that the address of your account is to change."
      action="Confirm"
      use={async (token) => {
        const { data } = await confirm({ variables: { input: { token } } });
        const payload = data?.confirmEmailChange;
        const done =
          payload?.state === 'CHANGED'
            ? 'The address of your account has changed.'
            : 'Confirmed. It changes once the mail to the other address is confirmed too.';
        return { userErrors: payload?.userErrors ?? unanswered, done };
      }}
    />
  );
}
