import { TributaryError, type UserError, userErrorsOf } from '@tributary/errors';
import { type Context, speakAs } from '../context.ts';
import type { SignInOutcome } from '../services/sign-in-outcome.ts';

/** The payload of mutations that sign in: how it went on, or what was wrong with the input. */
export async function toSignInPayload(context: Context, signIn: () => Promise<SignInOutcome>) {
  try {
    const outcome = await signIn();
    if (outcome.session) speakAs(context, outcome.session.principal);
    return { ...outcome, userErrors: [] };
  } catch (error) {
    return { session: null, secondFactor: null, mailSent: false, userErrors: toUserErrors(error) };
  }
}

/** Elsewhere UNAUTHENTICATED is about the request's token; here about the input, so it is told like the rest. */
function toUserErrors(error: unknown): UserError[] {
  if (error instanceof TributaryError && error.code === 'UNAUTHENTICATED') {
    return [{ code: error.code, message: error.message, field: null }];
  }
  return userErrorsOf(error);
}
