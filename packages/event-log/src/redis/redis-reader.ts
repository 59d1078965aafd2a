/** Reads the streams of a topic's partitions with one blocking XREAD. */
import type { EventDefinition } from '@tributary/events';
import { Redis } from 'ioredis';
import type { LogReader } from '../log-reader.ts';
import { streamKey } from './redis-keys.ts';
import { createRedisTrimmer } from './redis-trimmer.ts';

/** With entries of 64 KB, ten partitions and this many of each, a read stays near 20 MB. */
const entriesPerPartition = 32;
const blockMilliseconds = 1_000;

type StreamReply = [key: string, entries: [id: string, fields: string[]][]][] | null;

export interface RedisReaderOptions {
  url: string;
  event: EventDefinition;
  group: string;
  onError: (error: unknown) => void;
}

export function createRedisReader({ url, event, group, onError }: RedisReaderOptions): LogReader {
  // A consumer waits for Redis as long as it takes.
  const reader = new Redis(url, { maxRetriesPerRequest: null });
  reader.on('error', onError);
  // Beside the reader, whose reads block.
  const writer = new Redis(url, { maxRetriesPerRequest: null });
  writer.on('error', onError);
  const trimmer = createRedisTrimmer({ redis: writer, event, group });

  return {
    async read(partitions, positions) {
      const partitionOf = new Map([...partitions].map((one) => [streamKey(event.topic, one), one]));
      const reply = (await reader.xread(
        'COUNT',
        entriesPerPartition,
        'BLOCK',
        blockMilliseconds,
        'STREAMS',
        ...partitionOf.keys(),
        ...[...partitions].map((partition) => positions.get(partition) ?? '0-0'),
      )) as StreamReply;
      return (reply ?? []).flatMap(([key, entries]) => {
        const partition = partitionOf.get(key);
        const [to] = entries.at(-1) ?? [];
        if (partition === undefined || to === undefined) return [];
        const isFull = entries.length === entriesPerPartition;
        return [{ partition, entries: entries.map(([, fields]) => fields[1] ?? '[]'), to, isFull }];
      });
    },
    begin: trimmer.begin,
    taken: trimmer.taken,
    close() {
      reader.disconnect();
      writer.disconnect();
    },
  };
}
