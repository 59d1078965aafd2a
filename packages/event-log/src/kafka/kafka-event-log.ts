/**
 * The log on Apache Kafka: a topic per kind of event, with as many partitions as there are on Redis. An
 * append is answered once all in-sync replicas have it; what Kafka repeats for itself it stores once.
 */
import { Admin, ProduceAcks, Producer, stringSerializers } from '@platformatic/kafka';
import type { z } from 'zod';
import { startConsumer } from '../consumer.ts';
import { toEntries } from '../entries.ts';
import type { ConsumeOptions, Consumer, EventLog } from '../event-log.ts';
import { groupByPartition } from '../partition.ts';
import { readNextOffsets } from './kafka-next-offsets.ts';
import { kafkaOptions } from './kafka-options.ts';
import { createKafkaReader, type KafkaReader } from './kafka-reader.ts';
import { createTopicMaker } from './kafka-topics.ts';

export interface KafkaEventLogOptions {
  /** `kafka://broker-1:9092,broker-2:9092`. */
  url: string;
  /** Of topics that are made here; fixed once records exist. */
  partitions?: number;
}

export function createKafkaEventLog({ url, partitions = 10 }: KafkaEventLogOptions): EventLog {
  const producer = new Producer({
    ...kafkaOptions(url),
    serializers: stringSerializers,
    idempotent: true,
    acks: ProduceAcks.ALL,
  });
  const admin = new Admin(kafkaOptions(url));
  const makeTopic = createTopicMaker(admin, partitions);
  const consumers = new Set<Consumer>();
  /** For looks at what waits, by topic. */
  const lookers = new Map<string, KafkaReader>();

  return {
    async append(event, records) {
      const groups = groupByPartition(event, records, partitions);
      await makeTopic(event.topic);
      const messages = groups.flatMap(([partition, members]) =>
        toEntries(members, event.shared ?? []).map((value) => ({
          topic: event.topic,
          partition,
          value,
        })),
      );
      if (messages.length > 0) await producer.send({ messages });
    },
    consume<Schema extends z.ZodType>(options: ConsumeOptions<Schema>) {
      const reader = createKafkaReader({ url, makeTopic, ...options });
      const consumer = startConsumer({ ...options, reader, partitions });
      consumers.add(consumer);
      return consumer;
    },
    async waiting(event, taken) {
      const [group = event.topic] = event.groups;
      const looker =
        lookers.get(event.topic) ?? createKafkaReader({ url, makeTopic, event, group });
      lookers.set(event.topic, looker);
      const first = await looker.firstAfter(taken);
      return Array.from({ length: partitions }, (_, partition) => {
        const at = first.get(partition);
        return at === undefined ? 0 : Math.max(0, Date.now() - at);
      });
    },
    async ping() {
      await admin.metadata({ topics: [], forceUpdate: true });
    },
    async noted(event) {
      await makeTopic(event.topic);
      const all = Array.from({ length: partitions }, (_, partition) => partition);
      const next = await readNextOffsets(admin, event, all);
      return new Map([...next].map(([partition, offset]) => [partition, String(offset - 1n)]));
    },
    memory: async () => ({ held: 0, limit: Number.POSITIVE_INFINITY }),
    async close() {
      await Promise.all([...consumers].map((consumer) => consumer.stop()));
      for (const looker of lookers.values()) looker.close();
      await Promise.allSettled([producer.close(true), admin.close()]);
    },
  };
}
