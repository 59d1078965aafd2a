import { TributaryError, type UserError, userErrorsOf } from '@tributary/errors';
import { type Context, speakAs } from '../context.ts';
import type { SignedIn } from '../services/accounts.ts';

/** The payload of mutations that sign in: a session, or what was wrong with the input. */
export async function toSignInPayload(context: Context, signIn: () => Promise<SignedIn>) {
  try {
    const session = await signIn();
    speakAs(context, session.principal);
    return { session, userErrors: [] };
  } catch (error) {
    return { session: null, userErrors: toUserErrors(error) };
  }
}

/** Elsewhere UNAUTHENTICATED is about the request's token; here about the input, so it is told like the rest. */
function toUserErrors(error: unknown): UserError[] {
  if (error instanceof TributaryError && error.code === 'UNAUTHENTICATED') {
    return [{ code: error.code, message: error.message, field: null }];
  }
  return userErrorsOf(error);
}
