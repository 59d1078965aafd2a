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
