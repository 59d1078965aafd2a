import {
  TributaryError,
  type UserError,
  userErrorFrom,
  userErrorsFromZod,
} from '@tributary/errors';
import type { z } from 'zod';
import { type Context, speakAs } from '../context.ts';
import type { Session } from '../services/accounts.ts';

/** The payload of both mutations: a session, or what was wrong with the input. */
export async function toSignInPayload<Input>(
  context: Context,
  input: z.ZodSafeParseResult<Input>,
  openSession: (input: Input) => Promise<Session>,
) {
  if (!input.success) return refusal(userErrorsFromZod(input.error, ['input']));
  try {
    const session = await openSession(input.data);
    speakAs(context, session.principal);
    return { session, userErrors: [] };
  } catch (error) {
    return refusal([toUserError(error)]);
  }
}

const refusal = (userErrors: UserError[]) => ({ session: null, userErrors });

/** Elsewhere UNAUTHENTICATED is about the request's token; here about the input, so it is told like the rest. */
function toUserError(error: unknown): UserError {
  if (error instanceof TributaryError && error.code === 'UNAUTHENTICATED') {
    return { code: error.code, message: error.message, field: null };
  }
  return userErrorFrom(error);
}
