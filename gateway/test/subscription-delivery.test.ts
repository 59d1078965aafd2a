import { revocationsChannel } from '@tributary/chassis';
import { person } from '@tributary/testkit';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { WebSocket } from 'ws';
import { startLive } from './support/live.ts';

let run: Awaited<ReturnType<typeof startLive>>;
beforeAll(async () => {
  run = await startLive({ environment: { SUBSCRIBERS_PER_PRINCIPAL: '3' } });
});
afterAll(() => run[Symbol.asyncDispose]());

interface Result {
  data?: Record<string, { number: number }>;
  extensions?: Record<string, unknown>;
}

/** A client that can stop reading. */
async function connectRaw(query: string) {
  // First: a socket that opens while nobody listens to it stays silent.
  const { authorization } = await run.issuer.bearer(person());
  const socket = new WebSocket(
    `${run.gateway.url.replace('http', 'ws')}/graphql`,
    'graphql-transport-ws',
  );
  const results: Result[] = [];
  const closed = Promise.withResolvers<number>();
  const subscribed = Promise.withResolvers<void>();
  socket.on('open', () =>
    socket.send(JSON.stringify({ type: 'connection_init', payload: { authorization } })),
  );
  socket.on('close', (code) => closed.resolve(code));
  socket.on('message', (data: Buffer) => {
    const { type, payload } = JSON.parse(data.toString());
    if (type === 'connection_ack') {
      const operation = { query, extensions: { resume: {} } };
      socket.send(JSON.stringify({ id: '1', type: 'subscribe', payload: operation }));
    }
    if (type !== 'next') return;
    results.push(payload);
    if (payload.extensions?.state === 'LIVE') subscribed.resolve();
  });
  await subscribed.promise;
  return { socket, results, closed: closed.promise, [Symbol.dispose]: () => socket.terminate() };
}

const numbersOf = (results: readonly Result[]) =>
  results.flatMap(({ data }) => Object.values(data ?? {}).map(({ number }) => number));

test('a subscription begins with what is, and goes on with what comes', async () => {
  await using client = await run.connect(person());
  const results = client.subscribe('subscription { counted(group: "a") { number parity } }');
  expect((await results.next()).value).toMatchObject({
    data: { counted: { number: 0, parity: 'even' } },
    extensions: { snapshot: true },
  });
  await run.publish('counts.a', { number: 1, parity: 'odd' });
  expect((await results.next()).value.data).toEqual({ counted: { number: 1, parity: 'odd' } });
});

test('an argument lets through what it names, and everything when it is not given', async () => {
  using odd = await connectRaw('subscription { counted(group: "b", parity: ["odd"]) { number } }');
  using all = await connectRaw('subscription { counted(group: "b") { number } }');
  for (const number of [1, 2, 3, 4, 5]) {
    await run.publish('counts.b', { number, parity: number % 2 === 0 ? 'even' : 'odd' });
  }
  await expect.poll(() => numbersOf(all.results)).toEqual([0, 1, 2, 3, 4, 5]);
  expect(numbersOf(odd.results)).toEqual([0, 1, 3, 5]);
});

test('a client that stops reading gets the latest of each entity when it reads again, and nobody waits for it', async () => {
  const query = 'subscription { counted(group: "c") { number parity padding } }';
  using slow = await connectRaw(query);
  using quick = await connectRaw(query);
  slow.socket.pause();
  const padding = 'x'.repeat(100_000);
  const count = 400;
  for (let number = 1; number <= count; number += 1) {
    const parity = number % 2 === 0 ? 'even' : 'odd';
    await run.publish('counts.c', { number, parity, padding });
  }
  const all = Array.from({ length: count + 1 }, (_, number) => number);
  await expect.poll(() => numbersOf(quick.results)).toEqual(all);
  slow.socket.resume();
  await expect.poll(() => numbersOf(slow.results).at(-1)).toBe(count);
  const numbers = numbersOf(slow.results);
  expect(numbers.length).toBeLessThan(count);
  expect(numbers.slice(-2)).toEqual([count - 1, count]);
  expect(numbers).toEqual(numbers.toSorted((a, b) => a - b));
  const skipped = slow.results.reduce(
    (sum, { extensions }) => sum + Number(extensions?.skipped ?? 0),
    0,
  );
  expect(skipped).toBe(count + 1 - numbers.length);
});

test('a client that stops reading what may not be left out is ended, to come again', async () => {
  using slow = await connectRaw('subscription { ticked(size: 7) { count metric { id } } }');
  slow.socket.pause();
  const id = 'x'.repeat(100_000);
  for (let count = 1; count <= 400; count += 1) {
    await run.publishUnheard('ticks.7', { count, metric: { id } });
  }
  slow.socket.resume();
  expect(await slow.closed).toBe(1013);
  expect(await run.gauge('graphql_subscribers_ended_total')).toBe(1);
});

test('a revoked membership ends the connections of its person in its workspace, at once', async () => {
  const alice = person();
  const elsewhere = person({ subject: alice.subject });
  await using client = await run.connect(alice);
  await using other = await run.connect(elsewhere);
  const untouched = other.subscribe('subscription { ticked(size: 8) { count } }').next();
  void client
    .subscribe('subscription { ticked(size: 8) { count } }')
    .next()
    .catch(() => {});
  await expect.poll(() => run.subscriberCount('ticks.8')).toBe(1);
  const { subject, workspace } = alice;
  const revocation = { subject, workspace, at: new Date().toISOString() };
  await run.redis.publish(revocationsChannel, JSON.stringify(revocation));

  expect(await client.closed).toEqual({ code: 4401, reason: 'access revoked' });
  await run.publish('ticks.8', { count: 1 });
  expect((await untouched).value.data).toEqual({ ticked: { count: 1 } });
});

test('a person holds no more connections than are allowed', async () => {
  const alice = person();
  const clients = [await run.connect(alice), await run.connect(alice), await run.connect(alice)];
  await Promise.all(
    clients.map((client, place) => {
      const next = client
        .subscribe(`subscription { ticked(size: ${90 + place}) { count } }`)
        .next();
      void next.catch(() => {});
      return expect.poll(() => run.subscriberCount(`ticks.${90 + place}`)).toBe(1);
    }),
  );
  await using oneMore = await run.connect(alice);
  expect((await oneMore.closed).code).toBe(4429);
  await Promise.all(clients.map((client) => client[Symbol.asyncDispose]()));
});
