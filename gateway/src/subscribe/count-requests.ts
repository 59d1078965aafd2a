import { askerOf } from '../rate-limits/asker.ts';
import type { RateLimits } from '../rate-limits/rate-limits.ts';
import { rateLimited } from '../rate-limits/rate-verdict.ts';
import type { Subscribe } from './subscribe.ts';

/**
 * A subscription that is asked for over a socket is a request like any other, and taken from the same
 * budget. Those over HTTP were counted when their request came in.
 */
export function countRequests(subscribe: Subscribe, rateLimits: RateLimits | undefined): Subscribe {
  if (!rateLimits) return subscribe;
  return async (subscribing) => {
    const { identity, address } = subscribing.client;
    const verdict = rateLimits.request(
      askerOf(identity ?? { principal: { kind: 'anonymous' } }, address),
    );
    if (!verdict?.limited) return subscribe(subscribing);
    const { message, code } = rateLimited(verdict);
    return { kind: 'refused', errors: [{ message, extensions: { code } }] };
  };
}
