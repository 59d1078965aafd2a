export const maximumAttempts = 8;

const longestMilliseconds = 3_600_000;

/**
 * The pause after the given attempt (from 1): doubling from `baseMilliseconds` to an hour, of which
 * a random half is left out so that mails that failed together do not come back together.
 * `random` is in 0 to 1.
 */
export function retryDelay(attempt: number, baseMilliseconds: number, random: number): number {
  const full = Math.min(baseMilliseconds * 2 ** (attempt - 1), longestMilliseconds);
  return Math.round(full * (1 - random / 2));
}
