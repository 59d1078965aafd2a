/** Tells Kafka what a group has taken, for its own tools to show, and deletes what every group has. */
import type { Admin } from '@platformatic/kafka';
import type { EventDefinition } from '@tributary/events';
import type { PositionAdvance } from '../positions.ts';
import { readNextOffsets } from './kafka-next-offsets.ts';

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

  async function trim(next: ReadonlyMap<number, bigint>): Promise<void> {
    const partitionOffsets = [...next].map(([partition, offset]) => ({ partition, offset }));
    await admin.alterConsumerGroupOffsets({
      groupId: group,
      topics: [{ name: topic, partitionOffsets }],
    });
    const ofAll = await readNextOffsets(admin, event, [...next.keys()]);
    const partitions = [...ofAll].map(([partition, offset]) => ({ partition, offset }));
    if (partitions.length > 0) {
      await admin.deleteRecords({ topics: [{ name: topic, partitions }] });
    }
  }

  return {
    /** Notes positions whose effect is stored; trims every two seconds. */
    async taken(advances: readonly PositionAdvance[]): Promise<void> {
      for (const { partition, to } of advances) pending.set(partition, BigInt(to) + 1n);
      if (pending.size === 0 || Date.now() - lastTrim < trimEveryMilliseconds) return;
      lastTrim = Date.now();
      const next = new Map(pending);
      pending.clear();
      await trim(next);
    },
  };
}
