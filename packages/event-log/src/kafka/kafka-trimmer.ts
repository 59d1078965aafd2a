/** Tells Kafka what a group has taken, for its own tools to show, and deletes what every group has. */
import type { Admin } from '@platformatic/kafka';
import type { EventDefinition } from '@tributary/events';
import type { PositionAdvance } from '../positions.ts';

const trimEveryMilliseconds = 2_000;

export function createKafkaTrimmer(options: {
  admin: Admin;
  event: EventDefinition;
  group: string;
}) {
  const { admin, event, group } = options;
  const { topic } = event;
  const pending = new Map<number, bigint>();
  let lastTrim = 0;

  /** Offsets that the groups will read next, by partition; a group that took nothing is not in it. */
  async function nextOffsets(partitions: readonly number[]): Promise<Map<number, bigint[]>> {
    const groups = await admin.listConsumerGroupOffsets({
      groups: event.groups.map((groupId) => ({
        groupId,
        topics: [{ name: topic, partitionIndexes: [...partitions] }],
      })),
    });
    const offsets = groups.flatMap(({ topics }) => topics.flatMap((one) => one.partitions));
    const committed = offsets.filter(({ committedOffset }) => committedOffset >= 0n);
    const byPartition = Map.groupBy(committed, ({ partitionIndex }) => partitionIndex);
    return new Map(
      [...byPartition].map(([partition, found]) => [
        partition,
        found.map(({ committedOffset }) => committedOffset),
      ]),
    );
  }

  async function trim(next: ReadonlyMap<number, bigint>): Promise<void> {
    const partitionOffsets = [...next].map(([partition, offset]) => ({ partition, offset }));
    await admin.alterConsumerGroupOffsets({
      groupId: group,
      topics: [{ name: topic, partitionOffsets }],
    });
    const ofGroups = await nextOffsets([...next.keys()]);
    const partitions = [...ofGroups].flatMap(([partition, offsets]) =>
      offsets.length < event.groups.length ? [] : [{ partition, offset: leastOf(offsets) }],
    );
    if (partitions.length > 0) {
      await admin.deleteRecords({ topics: [{ name: topic, partitions }] });
    }
  }

  return {
    /** Notes positions whose effect is stored; trims every two seconds. */
    async taken(advances: readonly PositionAdvance[]): Promise<void> {
      for (const { partition, to } of advances) pending.set(partition, BigInt(to) + 1n);
      if (Date.now() - lastTrim < trimEveryMilliseconds) return;
      lastTrim = Date.now();
      const next = new Map(pending);
      pending.clear();
      await trim(next);
    },
  };
}

function leastOf(offsets: readonly bigint[]): bigint {
  return offsets.toSorted((a, b) => Number(a - b))[0] ?? 0n;
}
