/**
 * Reads the partitions it has leased with one blocking XREAD; one batch is handled at a time. While the group is behind,
 * the next batch is read and parsed during that; otherwise records gather meanwhile, for fewer transactions.
 */
import { setTimeout as pause } from 'node:timers/promises';
import { Redis } from 'ioredis';
import type { z } from 'zod';
import { recordsOf } from './entries.ts';
import type { Batch, ConsumeOptions, Consumer } from './event-log.ts';
import type { PartitionLeases } from './partition-leases.ts';
import type { PositionAdvance } from './positions.ts';
import { streamKey } from './redis-keys.ts';
import { createTrimmer } from './redis-trimmer.ts';

/** With entries of 64 KB, ten partitions and this many of each, a read stays near 20 MB. */
const entriesPerPartition = 32;
const blockMilliseconds = 1_000;
const longestPause = 5_000;

type StreamReply = [key: string, entries: [id: string, fields: string[]][]][] | null;

interface ReadBatch<Record> extends Batch<Record> {
  /** More was waiting than one read takes. */
  isBehind: boolean;
}

export interface RedisConsumerOptions<Schema extends z.ZodType> extends ConsumeOptions<Schema> {
  url: string;
  partitions: number;
}

export function createRedisConsumer<Schema extends z.ZodType>(
  options: RedisConsumerOptions<Schema>,
): Consumer {
  const { event, group, positions, handle, onError, partitions } = options;
  // A consumer waits for Redis as long as it takes.
  const reader = new Redis(options.url, { maxRetriesPerRequest: null });
  reader.on('error', onError);
  // Beside the reader, whose reads block.
  const writer = new Redis(options.url, { maxRetriesPerRequest: null });
  writer.on('error', onError);
  const trimmer = createTrimmer({ redis: writer, event, group });
  const leases = positions.lease?.(event.topic, group, partitions) ?? allOf(partitions);
  const stopping = new AbortController();
  let handling: Promise<void> = Promise.resolve();

  async function readBatch(
    mine: ReadonlySet<number>,
    held: Map<number, string>,
  ): Promise<ReadBatch<z.infer<Schema>>> {
    const partitionOf = new Map([...mine].map((one) => [streamKey(event.topic, one), one]));
    const reply = (await reader.xread(
      'COUNT',
      entriesPerPartition,
      'BLOCK',
      blockMilliseconds,
      'STREAMS',
      ...partitionOf.keys(),
      ...[...mine].map((partition) => held.get(partition) ?? '0-0'),
    )) as StreamReply;
    const batch: ReadBatch<z.infer<Schema>> = { records: [], advances: [], isBehind: false };
    for (const [key, entries] of reply ?? []) {
      const advance = advanceOver(entries, partitionOf.get(key), held);
      if (!advance) continue;
      batch.advances.push(advance);
      batch.isBehind ||= entries.length === entriesPerPartition;
      for (const [, fields] of entries) pushRecords(batch.records, fields[1] ?? '[]', options);
    }
    for (const { partition, to } of batch.advances) held.set(partition, to);
    return batch;
  }

  /** Takes batches until stopped, until one fails or until other partitions are leased, from the positions that are stored now. */
  async function takeBatches(onProgress: () => void): Promise<void> {
    const mine = await leases.refresh();
    if (mine.size === 0) return restAfter(1, stopping.signal);
    const held = await positions.load(event.topic, group);
    let ahead: Promise<ReadBatch<z.infer<Schema>>> | undefined;
    while (!stopping.signal.aborted && (await leases.refresh()) === mine) {
      const batch = await (ahead ?? readBatch(mine, held));
      ahead = undefined;
      if (batch.advances.length === 0 || stopping.signal.aborted) continue;
      if (batch.isBehind) ahead = readBatch(mine, held);
      // When this batch fails, nobody asks for the next one.
      ahead?.catch(() => {});
      handling = handle({ records: batch.records, advances: batch.advances });
      await handling;
      onProgress();
      await trimmer.taken(batch.advances);
    }
  }

  async function run(): Promise<void> {
    let failures = 0;
    while (!stopping.signal.aborted) {
      await takeBatches(() => {
        failures = 0;
      }).catch(async (error: unknown) => {
        if (stopping.signal.aborted) return;
        onError(error);
        failures += 1;
        await restAfter(failures, stopping.signal);
      });
    }
  }

  void run();
  return {
    async stop() {
      stopping.abort();
      // Reads and trimming are given up, also those that wait for a Redis that is away.
      reader.disconnect();
      writer.disconnect();
      await handling.catch(() => {});
      leases.close();
    },
  };
}

/** For a consumer that is alone. */
function allOf(partitions: number): PartitionLeases {
  const all = new Set(Array.from({ length: partitions }, (_, partition) => partition));
  return { refresh: async () => all, close: () => {} };
}

function advanceOver(
  entries: [id: string, fields: string[]][],
  partition: number | undefined,
  held: Map<number, string>,
): PositionAdvance | undefined {
  const last = entries.at(-1);
  if (!last || partition === undefined) return undefined;
  return { partition, from: held.get(partition) ?? null, to: last[0] };
}

function pushRecords<Schema extends z.ZodType>(
  records: z.infer<Schema>[],
  text: string,
  { event, onInvalid }: Pick<ConsumeOptions<Schema>, 'event' | 'onInvalid'>,
): void {
  for (const record of recordsOf(text)) {
    if (event.isExact(record)) {
      records.push(record);
      continue;
    }
    const parsed = event.schema.safeParse(record);
    if (parsed.success) records.push(parsed.data);
    else onInvalid(record, parsed.error);
  }
}

/** Doubling from 100 ms to 5 s, so that an absent database is not hammered. */
async function restAfter(failures: number, signal: AbortSignal): Promise<void> {
  const milliseconds = Math.min(100 * 2 ** failures, longestPause);
  await pause(milliseconds, undefined, { signal }).catch(() => {});
}
