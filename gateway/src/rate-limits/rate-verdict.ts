import { TributaryError } from '@tributary/errors';

/** Whether a budget lets something pass, and what is left of it. */
export interface RateVerdict {
  limited: boolean;
  /** Points of the whole window. */
  limit: number;
  /** Points that are left in this window. */
  remaining: number;
  /** Seconds until the window ends, at least 1. */
  resetSeconds: number;
}

/** As in draft-ietf-httpapi-ratelimit-headers-03, the form that clients and proxies know. */
export function rateLimitHeaders(verdict: RateVerdict): Record<string, string> {
  const { limited, limit, remaining, resetSeconds } = verdict;
  return {
    'ratelimit-limit': String(limit),
    'ratelimit-remaining': String(remaining),
    'ratelimit-reset': String(resetSeconds),
    ...(limited && { 'retry-after': String(resetSeconds) }),
  };
}

/** The error for whatever was over a budget: a request, an operation or its cost. */
export function rateLimited({ limit, resetSeconds }: RateVerdict): TributaryError {
  return new TributaryError(
    'RATE_LIMITED',
    `More than the ${limit} allowed; come again in ${resetSeconds} s.`,
  );
}
