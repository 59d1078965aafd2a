/** Deletes what every group has taken, and nothing else: a group that has not said so yet holds all. */
import type { EventDefinition } from '@tributary/events';
import type { Redis } from 'ioredis';
import { createTakenNotes, type TakenNotes } from '../taken-notes.ts';
import { streamKey, takenKey } from './redis-keys.ts';
import { readTaken } from './redis-taken.ts';

export function createRedisTrimmer(options: {
  redis: Redis;
  event: EventDefinition;
  group: string;
}): TakenNotes {
  const { redis, event, group } = options;

  async function trim(partition: number, position: string): Promise<void> {
    await redis.hset(takenKey(event.topic, partition), group, position);
    const least = await readTaken(redis, event, partition);
    if (least !== null) await redis.xtrim(streamKey(event.topic, partition), 'MINID', '~', least);
  }

  return createTakenNotes(async (positions) => {
    await Promise.all([...positions].map(([partition, position]) => trim(partition, position)));
  });
}
