import { useState } from 'react';
import { Navigate, useLocation } from 'react-router';
import { ownPath } from '../../session/own-path.ts';
import { readFragment } from '../../session/read-fragment.ts';
import { useSession } from '../../session/session-context.ts';
import type { SessionEnd } from '../../session/session-store.ts';
import { CredentialsForm } from './credentials-form.tsx';
import { describeProblem } from './describe-problem.ts';
import { DoorPage } from './door-page.tsx';
import { ForgotPasswordForm } from './forgot-password-form.tsx';
import { ProviderButtons } from './provider-buttons.tsx';
import { SecondFactorForm } from './second-factor-form.tsx';

type Step =
  | { name: 'sign-in' | 'sign-up' | 'forgotten' }
  | { name: 'second-factor'; challenge: string }
  | { name: 'mail-sent' };

const titles = {
  'sign-in': 'Sign in to Tributary',
  'sign-up': 'Create your workspace',
  forgotten: 'Choose a new password',
  'second-factor': 'One more step',
  'mail-sent': 'Look into your mail',
} satisfies Record<Step['name'], string>;

const farewells = {
  'signed-out': 'You are signed out.',
  expired: 'Your session is over. Please sign in again.',
} satisfies Record<SessionEnd, string>;

export function SignInPage() {
  const { session, endedBecause } = useSession();
  const [step, setStep] = useState(firstStep);
  const [problem] = useState(() => describeProblem(readFragment('problem')));
  const origin = useOrigin();
  if (session) return <Navigate to={origin} replace />;
  const next = {
    onChallenge: (challenge: string) => setStep({ name: 'second-factor', challenge }),
    onMail: () => setStep({ name: 'mail-sent' }),
  };
  return (
    <DoorPage
      title={titles[step.name]}
      status={endedBecause ? farewells[endedBecause] : problem}
      footer={<OtherWays step={step} go={(name) => setStep({ name })} />}
    >
      {(step.name === 'sign-in' || step.name === 'sign-up') && (
        <>
          <CredentialsForm key={step.name} mode={step.name} {...next} />
          <ProviderButtons from={origin} />
        </>
      )}
      {step.name === 'forgotten' && <ForgotPasswordForm onMail={next.onMail} />}
      {step.name === 'second-factor' && <SecondFactorForm challenge={step.challenge} />}
      {step.name === 'mail-sent' && (
        <p className="text-sm">
          A mail is on its way, if the address is right. It says how to go on.
        </p>
      )}
    </DoorPage>
  );
}

function OtherWays(props: { step: Step; go: (name: 'sign-in' | 'sign-up' | 'forgotten') => void }) {
  const { step, go } = props;
  const link = 'rounded font-medium text-accent hover:underline';
  if (step.name !== 'sign-in') {
    return (
      <>
        {step.name === 'sign-up' ? 'You have an account? ' : ''}
        <button type="button" className={link} onClick={() => go('sign-in')}>
          {step.name === 'sign-up' ? 'Sign in' : 'Back to the sign-in'}
        </button>
      </>
    );
  }
  return (
    <>
      New here?{' '}
      <button type="button" className={link} onClick={() => go('sign-up')}>
        Create an account
      </button>
      {' · '}
      <button type="button" className={link} onClick={() => go('forgotten')}>
        Forgot the password?
      </button>
    </>
  );
}

/** Whoever comes back from a provider may have a second factor to show. */
function firstStep(): Step {
  const challenge = readFragment('challenge');
  return challenge === null ? { name: 'sign-in' } : { name: 'second-factor', challenge };
}

/** Where the reader was heading; only paths of this application. */
function useOrigin(): string {
  const state: unknown = useLocation().state;
  return ownPath(typeof state === 'object' && state !== null && 'from' in state && state.from);
}
