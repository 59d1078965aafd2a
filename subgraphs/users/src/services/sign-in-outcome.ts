import type { UserRow } from '../stores/user-store.ts';
import type { OpenSession } from './session-issue.ts';

export interface SignedIn extends OpenSession {
  user: UserRow;
  /** Whether the account has been signed in on this device before. */
  isKnownDevice: boolean;
}

/** How a sign-in went on; one of them is set. */
export interface SignInOutcome {
  session: SignedIn | null;
  /** Who it is was proved once, and a second factor is needed. */
  secondFactor: { challenge: string; expiresAt: Date } | null;
  /** A mail was sent that has to be acted on first. */
  mailSent: boolean;
}

export const opened = (session: SignedIn): SignInOutcome => ({
  session,
  secondFactor: null,
  mailSent: false,
});

export const mailSent: SignInOutcome = { session: null, secondFactor: null, mailSent: true };
