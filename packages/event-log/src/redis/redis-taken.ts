/** What every group of a topic has taken, as they note it in Redis. */
import type { EventDefinition } from '@tributary/events';
import type { Redis } from 'ioredis';
import { takenKey } from './redis-keys.ts';

/** The position up to which every group has taken a partition; null where one has taken nothing. */
export async function readTaken(
  redis: Redis,
  { topic, groups }: EventDefinition,
  partition: number,
): Promise<string | null> {
  const taken = await redis.hmget(takenKey(topic, partition), ...groups);
  const [first = null] = taken;
  return taken.reduce(lesser, first);
}

/** The earlier of two stream ids (`milliseconds-sequence`); null, a group that took nothing, is earliest. */
function lesser(left: string | null, right: string | null): string | null {
  if (left === null || right === null) return null;
  const [leftTime = 0n, leftSequence = 0n] = left.split('-').map(BigInt);
  const [rightTime = 0n, rightSequence = 0n] = right.split('-').map(BigInt);
  if (leftTime !== rightTime) return leftTime < rightTime ? left : right;
  return leftSequence <= rightSequence ? left : right;
}
