import { type UserError, userErrorsOf } from '@tributary/errors';

/** A mutation's payload: what the service answered, or `nothing` and why. */
export async function toPayload<Answer extends object>(
  nothing: Answer,
  work: () => Promise<Answer>,
): Promise<Answer & { userErrors: UserError[] }> {
  try {
    return { ...(await work()), userErrors: [] };
  } catch (error) {
    return { ...nothing, userErrors: userErrorsOf(error) };
  }
}
