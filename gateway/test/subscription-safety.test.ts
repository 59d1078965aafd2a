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
