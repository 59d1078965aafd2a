/**
 * The log on Redis Streams: a stream per partition, an entry or more per append and partition. Redis writes its append-only file before it answers, so an acknowledged
 * record survives `kill -9` of Redis; `appendfsync` decides what survives a power cut.
 */
import type { EventDefinition } from '@tributary/events';
import { Redis } from 'ioredis';
import type { z } from 'zod';
import { toEntries } from './entries.ts';
import type { ConsumeOptions, Consumer, EventLog } from './event-log.ts';
import { partitionOf } from './partition.ts';
import { createRedisConsumer } from './redis-consumer.ts';
import { streamKey } from './redis-keys.ts';

export interface RedisEventLogOptions {
  url: string;
  /** Fixed once records exist: keys would move to other partitions. */
  partitions?: number;
}

export function createRedisEventLog({ url, partitions = 10 }: RedisEventLogOptions): EventLog {
  // A caller waits for the promise of durability, so an absent Redis is said soon.
  const writer = new Redis(url, { maxRetriesPerRequest: 1, enableAutoPipelining: true });
  // Commands that fail carry the error; without a listener Node would end the process.
  writer.on('error', () => {});
  const consumers = new Set<Consumer>();

  return {
    async append(event, records) {
      const groups = groupByPartition(event, records, partitions);
      await Promise.all(
        groups.flatMap(([partition, members]) =>
          toEntries(members, event.shared ?? []).map((entry) =>
            writer.xadd(streamKey(event.topic, partition), '*', 'r', entry),
          ),
        ),
      );
    },
    consume<Schema extends z.ZodType>(options: ConsumeOptions<Schema>) {
      const consumer = createRedisConsumer({ ...options, url, partitions });
      consumers.add(consumer);
      return consumer;
    },
    waiting: (event, taken) =>
      Promise.all(
        Array.from({ length: partitions }, async (_, partition) => {
          const after = `(${taken.get(partition) ?? '0-0'}`;
          const key = streamKey(event.topic, partition);
          const [oldest] = await writer.xrange(key, after, '+', 'COUNT', 1);
          return oldest ? Math.max(0, Date.now() - Number(oldest[0].split('-')[0])) : 0;
        }),
      ),
    async bytesHeld() {
      return Number(/used_memory:(\d+)/.exec(await writer.info('memory'))?.[1] ?? 0);
    },
    async close() {
      await Promise.all([...consumers].map((consumer) => consumer.stop()));
      writer.disconnect();
    },
  };
}

function groupByPartition<Schema extends z.ZodType>(
  event: EventDefinition<Schema>,
  records: readonly z.infer<Schema>[],
  partitions: number,
): [partition: number, records: object[]][] {
  const groups = new Map<number, object[]>();
  for (const record of records) {
    const checked = event.isExact(record) ? record : event.schema.parse(record);
    const partition = partitionOf(event.key(checked), partitions);
    const members = groups.get(partition);
    if (members) members.push(checked as object);
    else groups.set(partition, [checked as object]);
  }
  return [...groups];
}
