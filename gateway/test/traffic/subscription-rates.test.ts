import { person } from '@tributary/testkit';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startLive } from '../support/live.ts';
import { openKnownSocket, type RawSocket } from '../support/raw-socket.ts';
import { openStream } from '../support/stream.ts';

let run: Awaited<ReturnType<typeof startLive>>;
beforeAll(async () => {
  run = await startLive({
    configuration: {
      rateLimits: {
        principal: { points: 4, seconds: 600 },
        operations: { Rare: { points: 1, seconds: 600 } },
      },
    },
  });
});
afterAll(() => run[Symbol.asyncDispose]());

let operations = 0;

/** Subscribes on a socket; resolves to the code of the refusal, or undefined once it is live. */
async function subscribe(socket: RawSocket, name: string): Promise<string | undefined> {
  operations += 1;
  const id = String(operations);
  const payload = {
    query: `subscription ${name} { ticked(size: 1) { count } }`,
    extensions: { resume: {} },
  };
  socket.send({ id, type: 'subscribe', payload });
  const answer = () => socket.received.find((message) => message.id === id);
  await expect.poll(answer).toBeDefined();
  return answer().type === 'error' ? answer().payload[0].extensions.code : undefined;
}

test('subscriptions and queries of a person are taken from one budget', async () => {
  const headers = await run.issuer.bearer(person());
  using socket = await openKnownSocket(run.gateway, headers);
  expect((await run.gateway.query('{ __typename }', headers)).status).toBe(200);
  const outcomes = [];
  for (let attempt = 0; attempt < 4; attempt += 1) outcomes.push(await subscribe(socket, 'Usual'));
  expect(outcomes).toEqual([undefined, undefined, undefined, 'RATE_LIMITED']);
  expect((await run.gateway.query('{ __typename }', headers)).status).toBe(429);
  await using stream = await openStream(run.gateway, {
    query: 'subscription { ticked(size: 1) { count } }',
    headers,
  });
  expect(stream.status).toBe(429);
  expect(Number(stream.headers.get('retry-after'))).toBeGreaterThan(0);
});

test('an operation with a limit of its own is held to it, over a socket and over HTTP', async () => {
  const headers = await run.issuer.bearer(person());
  using socket = await openKnownSocket(run.gateway, headers);
  expect([await subscribe(socket, 'Rare'), await subscribe(socket, 'Rare')]).toEqual([
    undefined,
    'RATE_LIMITED',
  ]);
  const query = 'subscription Rare { ticked(size: 1) { count } }';
  await using stream = await openStream(run.gateway, { query, headers });
  expect(await stream.ended).toContain('RATE_LIMITED');
});

test('a person, and an address, have so many subscriptions open at a time, whatever their connections', async () => {
  await using limited = await startLive({
    environment: { SUBSCRIPTIONS_PER_ADDRESS: '3', SUBSCRIPTIONS_PER_PRINCIPAL: '2' },
  });
  const connect = async (headers: { authorization: string }) =>
    openKnownSocket(limited.gateway, headers);
  const alice = await limited.issuer.bearer(person());
  using laptop = await connect(alice);
  using phone = await connect(alice);
  using bob = await connect(await limited.issuer.bearer(person()));
  expect(await subscribe(laptop, 'First')).toBeUndefined();
  const first = String(operations);
  expect(await subscribe(phone, 'Second')).toBeUndefined();
  expect(await subscribe(phone, 'Third')).toBe('RATE_LIMITED');
  expect(await subscribe(bob, 'First')).toBeUndefined();
  expect(await subscribe(bob, 'Second')).toBe('RATE_LIMITED');
  laptop.send({ id: first, type: 'complete' });
  expect(await subscribe(laptop, 'Third')).toBeUndefined();
});
