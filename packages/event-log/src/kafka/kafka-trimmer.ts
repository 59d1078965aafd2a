/** Tells Kafka what a group has taken, for its own tools to show, and deletes what every group has. */
import type { Admin } from '@platformatic/kafka';
import type { EventDefinition } from '@tributary/events';
import { createTakenNotes, type TakenNotes } from '../taken-notes.ts';
import { readNextOffsets } from './kafka-next-offsets.ts';

export function createKafkaTrimmer(options: {
  admin: Admin;
  event: EventDefinition;
  group: string;
}): TakenNotes {
  const { admin, event, group } = options;
  const { topic } = event;

  return createTakenNotes(async (positions) => {
    const partitionOffsets = [...positions].map(([partition, position]) => ({
      partition,
      offset: BigInt(position) + 1n,
    }));
    await admin.alterConsumerGroupOffsets({
      groupId: group,
      topics: [{ name: topic, partitionOffsets }],
    });
    const ofAll = await readNextOffsets(admin, event, [...positions.keys()]);
    const partitions = [...ofAll].map(([partition, offset]) => ({ partition, offset }));
    if (partitions.length > 0) {
      await admin.deleteRecords({ topics: [{ name: topic, partitions }] });
    }
  });
}
