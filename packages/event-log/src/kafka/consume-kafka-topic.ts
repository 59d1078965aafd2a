/**
 * Reads a topic that others write, as a member of a Kafka consumer group. Positions are committed there once
 * what was read has been taken: after a failure or a crash the same messages come again.
 */
import type { Message } from '@platformatic/kafka';
import { z } from 'zod';
import type { Consumer } from '../event-log.ts';
import { restAfter } from '../rest-after.ts';

/** Where a topic is and how to be let in. */
export const kafkaTopicSchema = z.strictObject({
  brokers: z.array(z.string().regex(/^[^\s,/]+:\d+$/, 'must be host:port')).min(1),
  topic: z.string().min(1),
  /** Members of one group share the partitions, so every process may read the same topics. */
  group: z.string().min(1),
  tls: z.boolean().default(false),
  sasl: z
    .strictObject({
      mechanism: z.enum(['PLAIN', 'SCRAM-SHA-256', 'SCRAM-SHA-512']),
      username: z.string(),
      password: z.string(),
    })
    .optional(),
});
export type KafkaTopic = z.infer<typeof kafkaTopicSchema>;

export interface KafkaTopicMessage {
  partition: number;
  offset: bigint;
  /** In milliseconds since 1970. */
  timestamp: number;
  /** Undefined for a tombstone. */
  value: Buffer | undefined;
}

export interface ConsumeKafkaTopicOptions {
  from: KafkaTopic;
  /** Takes one batch at a time, in order within each partition. A failed batch comes again. */
  handle: (messages: readonly KafkaTopicMessage[]) => Promise<void>;
  /** The topic is being read, for the first time or again. */
  onReading: () => void;
  /** A batch failed or the brokers are away; it is tried again with growing pauses. */
  onError: (error: unknown) => void;
}

const mostMessages = 1_000;
/** What is read at a time. No more is read before it is taken: a thousand messages may be a gigabyte. */
const fetchBytes = 4 * 1_048_576;
/** A member that is gone is missed so soon, and others take its partitions over. */
const sessionMilliseconds = 10_000;

export function consumeKafkaTopic(options: ConsumeKafkaTopicOptions): Consumer {
  const stopping = new AbortController();
  const { signal } = stopping;

  async function run(): Promise<void> {
    let failures = 0;
    while (!signal.aborted) {
      await readOn(options, signal, () => {
        failures = 0;
      }).catch(async (error: unknown) => {
        // Loaded when needed, as the client that it knows.
        const { kafkaFault } = await import('./kafka-fault.ts');
        if (signal.aborted) return;
        options.onError(kafkaFault(error));
        failures += 1;
        await restAfter(failures, signal);
      });
    }
  }

  const running = run();
  return {
    async stop() {
      stopping.abort();
      await running;
    },
  };
}

/** Takes batches as one member of the group until stopped or until one fails. */
async function readOn(
  { from, handle, onReading }: ConsumeKafkaTopicOptions,
  signal: AbortSignal,
  onProgress: () => void,
): Promise<void> {
  // Loaded by those who have a topic: it takes a third of a service's start.
  const { Consumer: KafkaConsumer } = await import('@platformatic/kafka');
  if (signal.aborted) return;
  const consumer = new KafkaConsumer(optionsOf(from));
  const leave = () => void consumer.close(true).catch(() => {});
  signal.addEventListener('abort', leave);
  try {
    const stream = await consumer.consume({
      topics: [from.topic],
      mode: 'committed',
      fallbackMode: 'earliest',
      autocommit: false,
      maxWaitTime: 1_000,
      maxBytes: fetchBytes,
      highWaterMark: 1,
    });
    onReading();
    let batch: Message[] = [];
    for await (const message of stream) {
      batch.push(message);
      // What was fetched together is taken together.
      if (batch.length < mostMessages && stream.readableLength > 0) continue;
      await handle(batch.map(toMessage));
      await consumer.commit({ offsets: positionsAfter(batch) });
      onProgress();
      batch = [];
      if (signal.aborted) break;
    }
  } finally {
    signal.removeEventListener('abort', leave);
    await consumer.close(true).catch(() => {});
  }
}

function optionsOf({ brokers, group, tls, sasl }: KafkaTopic) {
  return {
    clientId: 'tributary',
    bootstrapBrokers: brokers,
    groupId: group,
    sessionTimeout: sessionMilliseconds,
    rebalanceTimeout: sessionMilliseconds,
    heartbeatInterval: sessionMilliseconds / 5,
    retries: 2,
    timeout: 5_000,
    connectTimeout: 5_000,
    ...(tls && { tls: {} }),
    ...(sasl && { sasl }),
  };
}

function toMessage({ partition, offset, timestamp, value }: Message): KafkaTopicMessage {
  return { partition, offset, timestamp: Number(timestamp), value: value ?? undefined };
}

/** Kafka's positions are the offsets to be read next. */
function positionsAfter(batch: readonly Message[]) {
  const last = new Map(batch.map((message) => [message.partition, message]));
  return [...last.values()].map(({ topic, partition, offset, leaderEpoch }) => ({
    topic,
    partition,
    offset: offset + 1n,
    leaderEpoch,
  }));
}
