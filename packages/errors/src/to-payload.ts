import { userErrorsOf } from './input-error.ts';
import type { UserError } from './user-error.ts';

/** A mutation's payload: what the service answered, or `nothing` and why. */
export async function toPayload<Nothing extends object, Answer extends object>(
  nothing: Nothing,
  work: () => Promise<Answer>,
): Promise<(Nothing | Answer) & { userErrors: UserError[] }> {
  try {
    return { ...(await work()), userErrors: [] };
  } catch (error) {
    return { ...nothing, userErrors: userErrorsOf(error) };
  }
}
