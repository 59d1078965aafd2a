import {
  type Revocation,
  revocationMemoryMilliseconds,
  revocationsChannel,
  revocationsKey,
} from '@tributary/chassis';
import type { Redis } from 'ioredis';

export type Revoke = (revocation: Omit<Revocation, 'at'>) => Promise<void>;

/** Ends access tokens early: kept for gateways that start later, then told to those that run. */
export function createRevoke({ redis }: { redis: Redis }): Revoke {
  return async (revocation) => {
    const now = Date.now();
    const message = JSON.stringify({ ...revocation, at: new Date(now).toISOString() });
    await redis
      .multi()
      .zadd(revocationsKey, now, message)
      .zremrangebyscore(revocationsKey, 0, now - revocationMemoryMilliseconds)
      .exec();
    await redis.publish(revocationsChannel, message);
  };
}
