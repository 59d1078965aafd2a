import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { Admin, Producer } from '@platformatic/kafka';
import { findKafka } from '@tributary/local-stack';
import { createTestDatabase, createTestKafka } from '@tributary/testkit';
import { afterAll, test as baseTest, beforeAll, expect } from 'vitest';
import { consumeKafkaTopic } from '../src/index.ts';
import { group, ownEvent, record, storeIds } from './stored-ids.ts';

const isThere = (await findKafka()) !== undefined;
const test = baseTest.skipIf(!isThere);
const megabyte = 1_048_576;

let kafka: Awaited<ReturnType<typeof createTestKafka>>;
let brokers: string[];
beforeAll(async () => {
  if (!isThere) return;
  kafka = await createTestKafka();
  if (!kafka) throw new Error('Kafka is there, but has no broker.');
  brokers = [kafka.url.replace('kafka://', '')];
}, 120_000);
afterAll(() => kafka?.[Symbol.asyncDispose]());

test('however large messages are and however long they take, few megabytes of them are held', async () => {
  const admin = new Admin({ clientId: 'test', bootstrapBrokers: brokers });
  await admin.createTopics({ topics: ['large'], partitions: 1, replicas: 1 });
  await admin.close();
  const producer = new Producer({ clientId: 'test', bootstrapBrokers: brokers, retries: 20 });
  const value = Buffer.alloc(megabyte / 2, 'x');
  const count = 40;
  for (let sent = 0; sent < count; sent += 1) {
    await producer.send({ messages: [{ topic: 'large', value }] });
  }
  await producer.close(true);

  const taken: number[] = [];
  const from = { brokers, topic: 'large', group: 'test', tls: false };
  const consumer = consumeKafkaTopic({
    from,
    async handle(messages) {
      // Longer than the rest takes to come.
      if (taken.length === 0) await pause(1_000);
      taken.push(messages.length);
    },
    onReading: () => {},
    onError: () => {},
  });
  await expect
    .poll(() => taken.reduce((sum, length) => sum + length, 0), { timeout: 30_000 })
    .toBe(count);
  await consumer.stop();
  expect(Math.max(...taken) * value.length).toBeLessThan(6 * megabyte);
}, 120_000);

test('what every group has taken is deleted from Kafka, what one has not stays', async () => {
  await using database = await createTestDatabase('analytics');
  const event = ownEvent();
  const kept = { ...ownEvent(), groups: [group, 'slow.group'] };
  await using consumer = await storeIds({ pool: database.pool, url: kafka?.url ?? '', event });
  await using ofKept = await storeIds({ pool: database.pool, url: kafka?.url ?? '', event: kept });
  const admin = new Admin({ clientId: 'test', bootstrapBrokers: brokers });
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
});
