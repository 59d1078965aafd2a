import { setTimeout as pause } from 'node:timers/promises';
import { Admin, Producer } from '@platformatic/kafka';
import { findKafka } from '@tributary/local-stack';
import { createTestKafka } from '@tributary/testkit';
import { expect, test } from 'vitest';
import { consumeKafkaTopic } from '../src/index.ts';

const isThere = (await findKafka()) !== undefined;
const megabyte = 1_048_576;

test.skipIf(!isThere)(
  'however large messages are and however long they take, few megabytes of them are held',
  async () => {
    await using kafka = await createTestKafka();
    const brokers = [(kafka?.url ?? '').replace('kafka://', '')];
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
  },
  120_000,
);
