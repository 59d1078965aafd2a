import type { Redis } from 'ioredis';
import type { SharedTexts } from './automatic-operations.ts';

const prefix = 'gateway:automatic-operation:';

/** Texts in Redis, each for a while after it was last registered. */
export function createRedisTexts(redis: Redis, timeToLiveSeconds: number): SharedTexts {
  return {
    get: async (hash) => (await redis.get(prefix + hash)) ?? undefined,
    set: async (hash, text) => {
      await redis.set(prefix + hash, text, 'EX', timeToLiveSeconds);
    },
  };
}
