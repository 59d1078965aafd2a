import { useState } from 'react';
import { Navigate, useLocation } from 'react-router';
import { Panel } from '../../components/panel.tsx';
import { useSession } from '../../session/session-context.ts';
import type { SessionEnd } from '../../session/session-store.ts';
import { Logo } from '../../shell/logo.tsx';
import { CredentialsForm } from './credentials-form.tsx';
import type { Mode } from './use-credentials-form.ts';

const farewells = {
  'signed-out': 'You are signed out.',
  expired: 'Your session is over. Please sign in again.',
} satisfies Record<SessionEnd, string>;

export function SignInPage() {
  const { session, endedBecause } = useSession();
  const [mode, setMode] = useState<Mode>('sign-in');
  const origin = useOrigin();
  const isSignUp = mode === 'sign-up';
  if (session) return <Navigate to={origin} replace />;
  return (
    <main className="mx-auto grid min-h-dvh max-w-sm content-center px-4 py-10">
      <title>Sign in · Tributary</title>
      <div className="mb-5 flex items-center gap-2.5">
        <Logo className="size-8" />
        <h1 className="text-lg font-semibold tracking-tight">
          {isSignUp ? 'Create your workspace' : 'Sign in to Tributary'}
        </h1>
      </div>
      <p role="status" className="mb-3 text-[13px] text-muted empty:hidden">
        {endedBecause && farewells[endedBecause]}
      </p>
      <Panel className="p-5">
        <CredentialsForm key={mode} mode={mode} />
      </Panel>
      <p className="mt-4 text-center text-[13px] text-muted">
        {isSignUp ? 'You have an account?' : 'New here?'}{' '}
        <button
          type="button"
          onClick={() => setMode(isSignUp ? 'sign-in' : 'sign-up')}
          className="rounded font-medium text-accent hover:underline"
        >
          {isSignUp ? 'Sign in' : 'Create an account'}
        </button>
      </p>
    </main>
  );
}

/** Where the reader was heading; only paths of this application. */
function useOrigin(): string {
  const state: unknown = useLocation().state;
  if (typeof state !== 'object' || state === null || !('from' in state)) return '/';
  const { from } = state;
  return typeof from === 'string' && /^\/(?!\/)/.test(from) ? from : '/';
}
