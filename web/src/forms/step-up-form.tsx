import { useMutation } from '@apollo/client/react';
import { useState } from 'react';
import { Button } from '../components/button.tsx';
import { fieldClass } from '../components/text-field.tsx';
import { graphql } from '../generated/index.ts';
import { useSessionStore } from '../session/session-context.ts';
import { useForm } from './use-form.ts';

const confirmSecondFactorMutation = graphql(`
  mutation ConfirmSecondFactor($input: CodeInput!) {
    confirmSecondFactor(input: $input) {
      session {
        accessToken
        expiresAt
      }
      userErrors {
        message
      }
    }
  }
`);

/** Shows the second factor again, for what needs it to be fresh. */
export function StepUpForm() {
  const session = useSessionStore();
  const [isDone, setDone] = useState(false);
  const [confirm] = useMutation(confirmSecondFactorMutation);
  const form = useForm({
    fields: [],
    send: async (read) =>
      (await confirm({ variables: { input: { code: read('code') } } })).data?.confirmSecondFactor,
    onDone(answer) {
      if (answer.session) session.change(answer.session);
      setDone(true);
    },
  });
  if (isDone) return <p role="status">Thank you. Do it once more now.</p>;
  return (
    <form onSubmit={form.submit} className="flex flex-wrap items-center gap-2">
      <input
        name="code"
        aria-label="Code"
        placeholder="Code"
        autoComplete="one-time-code"
        required
        className={`${fieldClass} max-w-36 text-base sm:text-sm`}
      />
      <Button type="submit" disabled={form.loading}>
        Confirm
      </Button>
      <span role="alert">{form.errors.general.join(' ')}</span>
    </form>
  );
}
