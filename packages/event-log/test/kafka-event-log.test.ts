import { randomUUID } from 'node:crypto';
import { Admin } from '@platformatic/kafka';
import { findKafka } from '@tributary/local-stack';
import { createTestDatabase, createTestKafka } from '@tributary/testkit';
import { expect, test } from 'vitest';
import { group, ownEvent, record, storeIds } from './stored-ids.ts';

const kafkaIsThere = (await findKafka()) !== undefined;

test.skipIf(!kafkaIsThere)(
  'what every group has taken is deleted from Kafka, what one has not stays',
  async () => {
    await using server = await createTestKafka();
    if (!server) throw new Error('Kafka is there, but has no broker.');
    await using database = await createTestDatabase('analytics');
    const event = ownEvent();
    const kept = { ...ownEvent(), groups: [group, 'slow.group'] };
    await using consumer = storeIds({ pool: database.pool, url: server.url, event });
    await using ofKept = storeIds({ pool: database.pool, url: server.url, event: kept });
    const admin = new Admin({ clientId: 'test', bootstrapBrokers: [server.url.slice(8)] });
    const beginnings = async (topic: string) => {
      const [found] = await admin.listOffsets({
        topics: [
          {
            name: topic,
            partitions: Array.from({ length: 10 }, (_, partitionIndex) => ({
              partitionIndex,
              timestamp: -2n,
            })),
          },
        ],
      });
      return found?.partitions.reduce((sum, { offset }) => sum + Number(offset), 0) ?? 0;
    };
    try {
      await expect
        .poll(
          async () => {
            await consumer.log.append(event, [record(randomUUID(), 'one key')]);
            await ofKept.log.append(kept, [record(randomUUID(), 'one key')]);
            return beginnings(event.topic);
          },
          { timeout: 30_000, interval: 300 },
        )
        .toBeGreaterThan(0);
      expect(await beginnings(kept.topic)).toBe(0);
    } finally {
      await admin.close();
    }
  },
);
