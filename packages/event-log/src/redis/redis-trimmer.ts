/** Deletes what every group has taken, and nothing else: a group that has not said so yet holds all. */
import type { EventDefinition } from '@tributary/events';
import type { Redis } from 'ioredis';
import type { PositionAdvance } from '../positions.ts';
import { streamKey, takenKey } from './redis-keys.ts';

const trimEveryMilliseconds = 2_000;

export function createTrimmer(options: { redis: Redis; event: EventDefinition; group: string }) {
  const { redis, event, group } = options;
  const pending = new Map<number, string>();
  let lastTrim = 0;

  async function trim(partition: number, position: string): Promise<void> {
    const key = takenKey(event.topic, partition);
    await redis.hset(key, group, position);
    const taken = await redis.hmget(key, ...event.groups);
    const least = taken.reduce(lesser, position);
    if (least !== null) await redis.xtrim(streamKey(event.topic, partition), 'MINID', '~', least);
  }

  return {
    /** Notes positions whose effect is stored; trims every two seconds. */
    async taken(advances: readonly PositionAdvance[]): Promise<void> {
      for (const { partition, to } of advances) pending.set(partition, to);
      if (Date.now() - lastTrim < trimEveryMilliseconds) return;
      lastTrim = Date.now();
      await Promise.all([...pending].map(([partition, position]) => trim(partition, position)));
      pending.clear();
    },
  };
}

/** The earlier of two stream ids (`milliseconds-sequence`); null, a group that took nothing, is earliest. */
function lesser(left: string | null, right: string | null): string | null {
  if (left === null || right === null) return null;
  const [leftTime = 0n, leftSequence = 0n] = left.split('-').map(BigInt);
  const [rightTime = 0n, rightSequence = 0n] = right.split('-').map(BigInt);
  if (leftTime !== rightTime) return leftTime < rightTime ? left : right;
  return leftSequence <= rightSequence ? left : right;
}
