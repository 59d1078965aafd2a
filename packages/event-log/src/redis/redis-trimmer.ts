/** Deletes what every group has taken, and nothing else: a group that has not said so yet holds all. */
import type { EventDefinition } from '@tributary/events';
import type { Redis } from 'ioredis';
import type { PositionAdvance } from '../positions.ts';
import { streamKey, takenKey } from './redis-keys.ts';
import { readTaken } from './redis-taken.ts';

const trimEveryMilliseconds = 2_000;

export function createTrimmer(options: { redis: Redis; event: EventDefinition; group: string }) {
  const { redis, event, group } = options;
  const pending = new Map<number, string>();
  let lastTrim = 0;

  async function trim(partition: number, position: string): Promise<void> {
    await redis.hset(takenKey(event.topic, partition), group, position);
    const least = await readTaken(redis, event, partition);
    if (least !== null) await redis.xtrim(streamKey(event.topic, partition), 'MINID', '~', least);
  }

  return {
    /** Notes positions whose effect is stored; trims every two seconds. */
    async taken(advances: readonly PositionAdvance[]): Promise<void> {
      for (const { partition, to } of advances) pending.set(partition, to);
      if (pending.size === 0 || Date.now() - lastTrim < trimEveryMilliseconds) return;
      lastTrim = Date.now();
      await Promise.all([...pending].map(([partition, position]) => trim(partition, position)));
      pending.clear();
    },
  };
}
