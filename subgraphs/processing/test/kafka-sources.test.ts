import { Admin, Producer } from '@platformatic/kafka';
import { findKafka } from '@tributary/local-stack';
import { createTestKafka, person } from '@tributary/testkit';
import { afterAll, test as baseTest, beforeAll, expect, vi } from 'vitest';
import {
  createSource,
  deadLetters,
  event,
  metric,
  type Processing,
  processedOf,
  startProcessing,
} from './processing.ts';

const isThere = (await findKafka()) !== undefined;
const test = baseTest.skipIf(!isThere);
const patience = { timeout: 30_000 };

const owner = person();
/** The service knows its topics when it starts, so their sources have ids that are chosen here. */
const sources = {
  events: { id: crypto.randomUUID(), format: 'cloudevents' },
  orders: {
    id: crypto.randomUUID(),
    format: 'json',
    typeField: 'kind',
    idField: 'order.number',
    timeField: 'at',
    subjectField: 'customer',
  },
  readings: { id: crypto.randomUUID(), format: 'json', type: 'sensor.read' },
  plain: { id: crypto.randomUUID() },
  scram: { id: crypto.randomUUID() },
  refused: { id: crypto.randomUUID() },
  untrusted: { id: crypto.randomUUID() },
};

const username = 'tributary';
const password = `secret-${crypto.randomUUID()}`;
const wrongPassword = `wrong-${crypto.randomUUID()}`;
const plain = { mechanism: 'PLAIN', username, password };
const logins = {
  plain: { tls: true, sasl: plain },
  scram: { tls: true, sasl: { ...plain, mechanism: 'SCRAM-SHA-512' } },
  refused: { tls: true, sasl: { ...plain, password: wrongPassword } },
  // What asks for TLS is no use to who does not speak it.
  untrusted: { sasl: plain },
};

let kafka: Awaited<ReturnType<typeof createTestKafka>>;
let processing: Processing;
let producer: Producer;

beforeAll(async () => {
  kafka = isThere ? await createTestKafka({ login: { username, password } }) : undefined;
  if (!kafka?.login) return;
  const { broker, certificate } = kafka.login;
  const bootstrapBrokers = [kafka.url.replace('kafka://', '')];
  const admin = new Admin({ clientId: 'test', bootstrapBrokers });
  await admin.createTopics({ topics: Object.keys(sources), partitions: 3, replicas: 1 });
  await admin.close();
  producer = new Producer({ clientId: 'test', bootstrapBrokers, retries: 20, retryDelay: 500 });
  const topics = Object.entries(sources).map(([topic, { id, ...rest }]) => ({
    brokers: topic in logins ? [broker] : bootstrapBrokers,
    topic,
    workspace: owner.workspace,
    source: id,
    ...rest,
    ...logins[topic as keyof typeof logins],
  }));
  processing = await startProcessing({
    KAFKA_SOURCES: JSON.stringify(topics),
    NODE_EXTRA_CA_CERTS: certificate,
  });
  for (const [name, { id }] of Object.entries(sources)) {
    const created = await createSource(processing, owner, name);
    await processing.database.pool.query('UPDATE source SET id = $1 WHERE id = $2', [
      id,
      created.id,
    ]);
  }
}, 120_000);
afterAll(async () => {
  await producer?.close(true);
  await processing?.[Symbol.asyncDispose]();
  await kafka?.[Symbol.asyncDispose]();
});

async function produce(topic: keyof typeof sources, values: unknown[]): Promise<void> {
  await producer.send({
    messages: values.map((value, index) => ({
      topic,
      partition: index % 3,
      value: Buffer.isBuffer(value) ? value : Buffer.from(JSON.stringify(value)),
    })),
  });
}

async function idsOf(topic: keyof typeof sources): Promise<string[]> {
  return (await processedOf(processing, sources[topic].id)).map(({ id }) => id).sort();
}

test('CloudEvents of a topic are events of its source, and what is none is a dead letter with its bytes', async () => {
  const notUtf8 = Buffer.from([0x7b, 0xff, 0x00]);
  await produce('events', [
    event({ id: '1' }),
    event({ id: '2', data: 'none' }),
    event({ id: '3', time: undefined }),
    Buffer.from('{"id":"4",'),
    notUtf8,
  ]);
  await vi.waitFor(async () => expect(await idsOf('events')).toEqual(['1', '3']), patience);
  const letters = await vi.waitFor(async () => {
    const found = await deadLetters(processing, owner);
    expect(found).toHaveLength(3);
    return found as { original: string; field: string | null; reason: string }[];
  }, patience);
  expect(letters.map(({ original }) => original)).toEqual(
    expect.arrayContaining([
      '{"id":"4",',
      `data:application/octet-stream;base64,${notUtf8.toString('base64')}`,
    ]),
  );
  expect(letters.find(({ field }) => field === 'data')?.reason).toContain('must be a JSON object');
});

test('records of another shape are mapped, and stand as data letter by letter', async () => {
  const order = { kind: 'order.paid', at: 1_795_000_000_000, customer: 7, order: { number: 12 } };
  await produce('orders', [order, { ...order, kind: undefined }]);
  await produce('readings', [{ celsius: 21.5 }]);
  await vi.waitFor(async () => {
    const [record] = await processedOf(processing, sources.orders.id);
    expect(record).toMatchObject({
      id: '12',
      type: 'order.paid',
      subject: '7',
      time: new Date(order.at).toISOString(),
      data: order,
    });
    expect(await idsOf('readings')).toEqual(['readings/0/0']);
  }, patience);
  await vi.waitFor(async () => {
    const letters = await deadLetters(processing, owner);
    const [letter] = letters.filter(({ field }: { field: string }) => field === 'type');
    expect(JSON.parse(letter.original).data).toEqual({ ...order, kind: undefined });
  }, patience);
});

test.for(['plain', 'scram'] as const)(
  'a topic behind TLS and a login by %s is read as any other',
  async (topic) => {
    await produce(topic, [event({ id: topic })]);
    await vi.waitFor(async () => expect(await idsOf(topic)).toEqual([topic]), patience);
  },
);

test('a login that is refused is told as that, disturbs no other topic, and no password is ever told', async () => {
  const reasons = {
    refused: /^Connection to 127.0.0.1:\d+ failed: SASL authentication failed\.$/,
    untrusted: /^Connection to 127.0.0.1:\d+ failed: Cannot find a suitable SASL mechanism/,
  };
  const topics = ['refused', 'untrusted'] as const;
  await Promise.all(topics.map((topic) => produce(topic, [event()])));
  await vi.waitFor(async () => {
    for (const topic of topics) expect(await failureOf(topic)).toMatch(reasons[topic]);
  }, patience);
  for (const topic of topics) expect(await idsOf(topic)).toEqual([]);
  const log = await processing.subgraph.log();
  expect([password, wrongPassword].filter((secret) => log.includes(secret))).toEqual([]);
});

/** Why a topic could not be read last, as the service's log says. */
async function failureOf(topic: string): Promise<string | undefined> {
  const lines = (await processing.subgraph.log()).split('\n');
  const found = lines.findLast(
    (line) => line.includes(`"topic":"${topic}"`) && line.includes('cannot be taken from now'),
  );
  return found && JSON.parse(found).err.message;
}

test('killed in the middle, the service reads on where it was durable, and misses nothing', async () => {
  const ids = Array.from({ length: 3_000 }, (_, number) => `k${number}`);
  const half = ids.length / 2;
  await produce(
    'events',
    ids.slice(0, half).map((id) => event({ id })),
  );
  await vi.waitFor(async () => expect((await idsOf('events')).length).toBeGreaterThan(2), patience);
  processing.subgraph.kill('SIGKILL');
  await produce(
    'events',
    ids.slice(half).map((id) => event({ id })),
  );
  await processing.subgraph.restart();
  await vi.waitFor(
    async () => expect(new Set(await idsOf('events'))).toEqual(new Set(['1', '3', ...ids])),
    patience,
  );
});

test('while the broker is away the door goes on, and the topic is read again when it is back', async () => {
  await kafka?.stop();
  await vi.waitFor(async () => {
    expect(await metric(processing, 'kafka_source_reading')).toBe(0);
    expect(await metric(processing, 'kafka_source_failures_total')).toBeGreaterThan(0);
  }, patience);
  expect((await fetch(`${processing.subgraph.url}/health/ready`)).status).toBe(200);
  await kafka?.restart();
  await produce('events', [event({ id: 'after' })]);
  await vi.waitFor(async () => expect(await idsOf('events')).toContain('after'), patience);
  expect(await processing.subgraph.log()).toContain('the Kafka topic cannot be taken from now');
});
