/**
 * The log on Redis Streams: a stream per partition, an entry per append and partition holding a
 * JSON array of records, 64 KB long or a single record. Redis writes its append-only file before it answers, so an acknowledged
 * record survives `kill -9` of Redis; `appendfsync` decides what survives a power cut.
 */
import type { EventDefinition } from '@tributary/events';
import { Redis } from 'ioredis';
import type { z } from 'zod';
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
        groups.flatMap(([partition, texts]) =>
          toEntries(texts).map((entry) =>
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
): [partition: number, texts: string[]][] {
  const groups = new Map<number, string[]>();
  for (const record of records) {
    const checked = event.isExact(record) ? record : event.schema.parse(record);
    const partition = partitionOf(event.key(checked), partitions);
    const texts = groups.get(partition);
    if (texts) texts.push(JSON.stringify(checked));
    else groups.set(partition, [JSON.stringify(checked)]);
  }
  return [...groups];
}

const entryLength = 65_536;

/** Joins records to JSON arrays, none much longer than its limit: a reader bounds its memory by entries. */
function toEntries(texts: readonly string[]): string[] {
  const entries: string[] = [];
  let pending: string[] = [];
  let length = 0;
  for (const text of texts) {
    if (pending.length > 0 && length + text.length > entryLength) {
      entries.push(`[${pending.join(',')}]`);
      pending = [];
      length = 0;
    }
    pending.push(text);
    length += text.length;
  }
  entries.push(`[${pending.join(',')}]`);
  return entries;
}
