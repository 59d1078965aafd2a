/**
 * The log on Redis Streams: a stream per partition, an entry or more per append and partition. Redis writes
 * its append-only file before it answers, so an acknowledged record survives `kill -9` of Redis; what survives
 * a power cut, and that `everysec` does not keep that promise, says docs/events.md.
 */
import { Redis } from 'ioredis';
import type { z } from 'zod';
import { startConsumer } from '../consumer.ts';
import { toEntries } from '../entries.ts';
import type { ConsumeOptions, Consumer, EventLog, EventLogOptions } from '../event-log.ts';
import { groupByPartition } from '../partition.ts';
import { streamKey } from './redis-keys.ts';
import { createRedisReader } from './redis-reader.ts';
import { readRisks } from './redis-risks.ts';
import { readTaken } from './redis-taken.ts';

export function createRedisEventLog(options: EventLogOptions): EventLog {
  const { url, partitions = 10, onRisks } = options;
  // A caller waits for the promise of durability, so an absent Redis is said soon.
  const writer = new Redis(url, { maxRetriesPerRequest: 1, enableAutoPipelining: true });
  // Commands that fail carry the error; without a listener Node would end the process.
  writer.on('error', () => {});
  if (onRisks) writer.once('ready', async () => onRisks(await readRisks(writer)));
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
      const reader = createRedisReader({ url, ...options });
      const consumer = startConsumer({ ...options, reader, partitions });
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
    async ping() {
      await writer.ping();
    },
    async noted(event) {
      const all = Array.from({ length: partitions }, (_, partition) => partition);
      const taken = await Promise.all(all.map((partition) => readTaken(writer, event, partition)));
      return new Map(
        taken.flatMap((position, partition) => (position === null ? [] : [[partition, position]])),
      );
    },
    async memory() {
      const info = await writer.info('memory');
      const bytesOf = (name: string) =>
        Number(new RegExp(`^${name}:(\\d+)`, 'm').exec(info)?.[1] ?? 0);
      // 0 is Redis' word for none.
      return {
        held: bytesOf('used_memory'),
        limit: bytesOf('maxmemory') || Number.POSITIVE_INFINITY,
      };
    },
    async close() {
      await Promise.all([...consumers].map((consumer) => consumer.stop()));
      writer.disconnect();
    },
  };
}
