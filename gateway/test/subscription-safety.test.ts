import { once } from 'node:events';
import { connect } from 'node:net';
import { person } from '@tributary/testkit';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startLive } from './support/live.ts';
import { openRawSocket } from './support/raw-socket.ts';

let run: Awaited<ReturnType<typeof startLive>>;
beforeAll(async () => {
  run = await startLive();
});
afterAll(() => run[Symbol.asyncDispose]());

const init = { type: 'connection_init' };
const ticked = (id: string, size: number) => ({
  id,
  type: 'subscribe',
  payload: { query: `subscription { ticked(size: ${size}) { count } }` },
});

async function isAlive(): Promise<void> {
  expect((await fetch(`${run.gateway.url}/health/live`)).status).toBe(200);
}

test.each([
  ['no JSON', 'nonsense', 4400],
  ['an unknown type', { type: 'next' }, 4400],
  ['a list', '[]', 4400],
  ['a type that every object has', { type: 'constructor' }, 4400],
  ['an id that is too long', { ...ticked('x'.repeat(257), 1) }, 4400],
  ['a subscription before it says who it is', ticked('1', 1), 4401],
  ['an authorization that is no text', { ...init, payload: { authorization: {} } }, 4403],
])('a socket that sends %s is closed, and the gateway goes on', async (_, message, code) => {
  using socket = await openRawSocket(run.gateway);
  socket.send(message);
  expect((await socket.closed).code).toBe(code);
  await isAlive();
});

test.each(['1', 'é'.repeat(250)])('an id is in use once (%#)', async (id) => {
  using socket = await openRawSocket(run.gateway);
  socket.send(init);
  await expect.poll(() => socket.received).toEqual([{ type: 'connection_ack' }]);
  socket.send(ticked(id, 1), ticked(id, 2));
  expect((await socket.closed).code).toBe(4409);
  await isAlive();
});

test('a subscription that was completed before it was open gives its id to the next', async () => {
  using socket = await openRawSocket(run.gateway);
  socket.send(init);
  await expect.poll(() => socket.received).toEqual([{ type: 'connection_ack' }]);
  const complete = { id: '1', type: 'complete' };
  socket.send(ticked('1', 31), complete, ticked('1', 32), complete, ticked('1', 33));
  await run.publish('ticks.33', { count: 33 });
  await expect.poll(() => socket.received.length).toBe(2);
  expect(await run.subscriberCount('ticks.31')).toBe(0);
  expect(await run.subscriberCount('ticks.32')).toBe(0);
  expect(await run.gauge('graphql_subscriptions')).toBe(1);
});

/** The request of a client that is no good at HTTP. */
function streamRequest(query: string, authorization: string): string {
  const body = JSON.stringify({ query, extensions: { resume: {} } });
  return (
    `POST /graphql HTTP/1.1\r\nHost: x\r\nAuthorization: ${authorization}\r\n` +
    'Accept: text/event-stream\r\nContent-Type: application/json\r\n' +
    `Content-Length: ${body.length}\r\n\r\n${body}`
  );
}

async function connectRaw() {
  const { hostname, port } = new URL(run.gateway.url);
  const socket = connect(Number(port), hostname);
  socket.on('error', () => {});
  await once(socket, 'connect');
  return socket;
}

test('a stream that nobody reads ends with its token all the same', async () => {
  const { authorization } = await run.issuer.bearer(person(), { expiresIn: 4 });
  const socket = await connectRaw();
  socket.pause();
  socket.write(streamRequest('subscription { ticked(size: 41) { metric { id } } }', authorization));
  await expect.poll(() => run.subscriberCount('ticks.41')).toBe(1);
  const id = 'x'.repeat(100_000);
  for (let count = 1; count <= 100; count += 1) {
    await run.publishUnheard('ticks.41', { count, metric: { id } });
  }
  await expect.poll(() => run.subscriberCount('ticks.41'), { timeout: 20_000 }).toBe(0);
  await isAlive();
  socket.destroy();
});

test('clients that are gone before their stream begins leave nothing behind', async () => {
  for (let attempt = 0; attempt < 20; attempt += 1) {
    const { authorization } = await run.issuer.bearer(person());
    const socket = await connectRaw();
    const query = encodeURIComponent('subscription { ticked(size: 42) { count } }');
    const request =
      `GET /graphql?query=${query} HTTP/1.1\r\nHost: x\r\n` +
      `Authorization: ${authorization}\r\nAccept: text/event-stream\r\n\r\n`;
    socket.write(request, () => socket.resetAndDestroy());
    await once(socket, 'close');
  }
  // Answered after those before it were met.
  await run.gateway.query('{ __typename }', await run.issuer.bearer(person()));
  await expect.poll(() => run.gauge('graphql_subscribers')).toBe(0);
  await expect.poll(() => run.gauge('graphql_subscriptions')).toBe(0);
  await expect.poll(() => run.subscriberCount('ticks.42')).toBe(0);
});
