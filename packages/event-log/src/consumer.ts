/**
 * Takes batches of the partitions that it has leased, one at a time. While the group is behind, the next
 * batch is read and parsed meanwhile; otherwise records gather, for fewer transactions.
 */
import type { z } from 'zod';
import { recordsOf } from './entries.ts';
import type { Batch, ConsumeOptions, Consumer } from './event-log.ts';
import type { LogReader } from './log-reader.ts';
import type { PartitionLeases } from './partition-leases.ts';
import { restAfter } from './rest-after.ts';

interface ReadBatch<Record> extends Batch<Record> {
  /** More was waiting than one read takes. */
  isBehind: boolean;
}

export interface ConsumerOptions<Schema extends z.ZodType> extends ConsumeOptions<Schema> {
  reader: LogReader;
  partitions: number;
}

export function startConsumer<Schema extends z.ZodType>(
  options: ConsumerOptions<Schema>,
): Consumer {
  const { event, group, positions, handle, onError, partitions, reader } = options;
  const leases = positions.lease?.(event.topic, group, partitions) ?? allOf(partitions);
  const stopping = new AbortController();
  let handling: Promise<void> = Promise.resolve();

  async function readBatch(
    mine: ReadonlySet<number>,
    held: Map<number, string>,
  ): Promise<ReadBatch<z.infer<Schema>>> {
    const batch: ReadBatch<z.infer<Schema>> = { records: [], advances: [], isBehind: false };
    for (const { partition, entries, to, isFull } of await reader.read(mine, held)) {
      batch.advances.push({ partition, from: held.get(partition) ?? null, to });
      batch.isBehind ||= isFull;
      for (const entry of entries) pushRecords(batch.records, entry, options);
    }
    for (const { partition, to } of batch.advances) held.set(partition, to);
    return batch;
  }

  /** Takes batches until stopped, until one fails or until other partitions are leased, from the positions that are stored now. */
  async function takeBatches(onProgress: () => void): Promise<void> {
    const mine = await leases.refresh();
    if (mine.size === 0) return restAfter(1, stopping.signal);
    const held = await positions.load(event.topic, group);
    reader.begin(new Map([...held].filter(([partition]) => mine.has(partition))));
    let ahead: Promise<ReadBatch<z.infer<Schema>>> | undefined;
    while (!stopping.signal.aborted && (await leases.refresh()) === mine) {
      const batch = await (ahead ?? readBatch(mine, held));
      ahead = undefined;
      if (stopping.signal.aborted) continue;
      if (batch.advances.length === 0) {
        // What was taken last is noted also when nothing more comes.
        await reader.taken([]);
        continue;
      }
      if (batch.isBehind) ahead = readBatch(mine, held);
      // When this batch fails, nobody asks for the next one.
      ahead?.catch(() => {});
      handling = handle({ records: batch.records, advances: batch.advances });
      await handling;
      onProgress();
      await reader.taken(batch.advances);
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
      // Reads and trimming are given up, also those that wait for a server that is away.
      reader.close();
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
