import type { Redis } from 'ioredis';
import { RateLimiterRedis } from 'rate-limiter-flexible';
import type { Budget } from './rate-limit-settings.ts';

/** What all gateways together have used. */
export interface UsageStore {
  /**
   * Adds points to a key's window, beginning one if there is none.
   * @returns points used in the window, and the milliseconds that are left of it.
   * @throws while the store is away.
   */
  add(key: string, points: number): Promise<{ used: number; millisecondsLeft: number }>;
}

/** Windows in Redis, each begun by its first request. Nothing waits for a connection that is not there. */
export function createRedisUsageStore(redis: Redis, name: string, budget: Budget): UsageStore {
  const limiter = new RateLimiterRedis({
    storeClient: redis,
    keyPrefix: `rate-limit:${name}`,
    points: budget.points,
    duration: budget.seconds,
    rejectIfRedisNotReady: true,
  });
  return {
    async add(key, points) {
      const { consumedPoints, msBeforeNext } = await limiter.penalty(key, points);
      return { used: consumedPoints, millisecondsLeft: msBeforeNext };
    },
  };
}
