import { crc32 } from 'node:zlib';
import type { EventDefinition } from '@tributary/events';
import type { z } from 'zod';

/** The partition of a key: the same for the same key as long as the count stays. */
export function partitionOf(key: string, partitions: number): number {
  return crc32(key) % partitions;
}

/** The records by their partitions, in order, each as its schema has it. @throws for a record that does not fit. */
export function groupByPartition<Schema extends z.ZodType>(
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
