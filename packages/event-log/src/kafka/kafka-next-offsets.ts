/** What every group of a topic has taken, as they commit it to Kafka. */
import type { Admin } from '@platformatic/kafka';
import type { EventDefinition } from '@tributary/events';

/** The offset that the slowest group will read next, by partition; without partitions of which a group took nothing. */
export async function readNextOffsets(
  admin: Admin,
  { topic, groups }: EventDefinition,
  partitions: readonly number[],
): Promise<Map<number, bigint>> {
  const found = await admin.listConsumerGroupOffsets({
    groups: groups.map((groupId) => ({
      groupId,
      topics: [{ name: topic, partitionIndexes: [...partitions] }],
    })),
  });
  const offsets = found.flatMap(({ topics }) => topics.flatMap((one) => one.partitions));
  const committed = offsets.filter(({ committedOffset }) => committedOffset >= 0n);
  const byPartition = Map.groupBy(committed, ({ partitionIndex }) => partitionIndex);
  return new Map(
    [...byPartition].flatMap(([partition, ofGroups]) =>
      ofGroups.length < groups.length
        ? []
        : [[partition, leastOf(ofGroups.map(({ committedOffset }) => committedOffset))] as const],
    ),
  );
}

function leastOf(offsets: readonly bigint[]): bigint {
  return offsets.toSorted((a, b) => Number(a - b))[0] ?? 0n;
}
