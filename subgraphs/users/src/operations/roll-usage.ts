/**
 * Moves what gateways counted from Redis into the database. Counts are taken away as a batch with an
 * id, which the database remembers with the sums: whatever dies when, each count is added once.
 */
import { type Logger, type Loop, startLoop } from '@tributary/chassis';
import { readUsageFields, usageBatchesKey, usageBatchKey, usageKey } from '@tributary/operations';
import type { Redis } from 'ioredis';
import { v7 as uuid } from 'uuid';
import type { OperationUsageStore } from '../stores/operation-usage-store.ts';

const pauseMilliseconds = 5_000;

export interface RollUsageOptions {
  redis: Redis;
  store: OperationUsageStore;
  logger: Logger;
}

export function startRollingUsage({ redis, store, logger }: RollUsageOptions): Loop {
  async function takeAway(): Promise<void> {
    if ((await redis.exists(usageKey)) === 0) return;
    const id = uuid();
    // Another process may have been faster: then this batch is empty.
    await redis.multi().sadd(usageBatchesKey, id).rename(usageKey, usageBatchKey(id)).exec();
  }

  async function add(id: string): Promise<void> {
    const counts = readUsageFields(await redis.hgetall(usageBatchKey(id)));
    if (counts.length > 0) await store.add(id, counts);
    await redis.multi().del(usageBatchKey(id)).srem(usageBatchesKey, id).exec();
  }

  const onError = (error: unknown) =>
    logger.warn({ err: error }, 'usage of operations waits in Redis');

  return startLoop({
    async run() {
      await takeAway();
      // One batch that cannot be added keeps no other from it.
      for (const id of await redis.smembers(usageBatchesKey)) await add(id).catch(onError);
      return false;
    },
    pauseMilliseconds,
    onError,
  });
}
