import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { newApiKey } from '@tributary/chassis';
import { expect, test } from 'vitest';
import { WebSocket } from 'ws';
import { type KeyLimits, startKeyHolder } from './support/key-holder.ts';
import { startLive } from './support/live.ts';

async function startWithKey(limits: KeyLimits = {}) {
  await using resources = new AsyncDisposableStack();
  const users = resources.use(await startKeyHolder(limits));
  const { gateway } = resources.use(await startLive({ environment: users.environment }));
  const owned = resources.move();
  return { users, gateway, [Symbol.asyncDispose]: () => owned.disposeAsync() };
}

type Run = Awaited<ReturnType<typeof startWithKey>>;
/** Whether the gateway lets a key in, from a page of this origin if one is given. */
type WayIn = (run: Run, origin?: string) => Promise<boolean>;

const post =
  (accept: string, query: string): WayIn =>
  async ({ gateway, users }, origin) => {
    const abort = new AbortController();
    const response = await fetch(`${gateway.url}/graphql`, {
      method: 'POST',
      headers: {
        accept,
        'content-type': 'application/json',
        authorization: `Bearer ${users.key}`,
        ...(origin !== undefined && { origin }),
      },
      body: JSON.stringify({ query }),
      signal: abort.signal,
    });
    abort.abort();
    expect([200, 403]).toContain(response.status);
    return response.status === 200;
  };

const webSocket: WayIn = async ({ gateway, users }, origin) => {
  const url = `${gateway.url.replace('http', 'ws')}/graphql`;
  const socket = new WebSocket(url, 'graphql-transport-ws', origin === undefined ? {} : { origin });
  await once(socket, 'open');
  const answer = Promise.race([
    once(socket, 'message').then(([data]) => JSON.parse(String(data)).type),
    once(socket, 'close').then(([code]) => code),
  ]);
  const payload = { authorization: `Bearer ${users.key}` };
  socket.send(JSON.stringify({ type: 'connection_init', payload }));
  const told = await answer;
  socket.terminate();
  expect(['connection_ack', 4403]).toContain(told);
  return told === 'connection_ack';
};

const subscription = 'subscription { ticked(size: 1) { count } }';
const waysIn: Record<string, WayIn> = {
  HTTP: post('application/json', '{ __typename }'),
  'an event stream': post('text/event-stream', subscription),
  'a multipart stream': post('multipart/mixed;subscriptionSpec="1.0"', subscription),
  'a WebSocket': webSocket,
};

test('a key that fails its checksum is refused without asking anybody', async () => {
  await using run = await startWithKey();
  const { gateway, users } = run;
  const statusOf = async (key: string) =>
    (await gateway.query('{ __typename }', { authorization: `Bearer ${key}` })).status;
  const mistyped = users.key.slice(0, -1) + (users.key.endsWith('0') ? '1' : '0');
  expect(await statusOf(mistyped)).toBe(401);
  expect(users.asked()).toBe(0);
  expect(await statusOf(newApiKey(randomUUID()).text)).toBe(401);
  expect(users.asked()).toBe(1);
  expect(await statusOf(users.key)).toBe(200);
  expect(users.asked()).toBe(2);
});

test('a key for certain addresses is let in from there by every way, from elsewhere by none', async () => {
  await using here = await startWithKey({ allowedAddresses: ['127.0.0.1', '::1'] });
  await using elsewhere = await startWithKey({ allowedAddresses: ['192.0.2.0/24'] });
  for (const [name, isLetIn] of Object.entries(waysIn)) {
    expect.soft(await isLetIn(here), name).toBe(true);
    expect.soft(await isLetIn(elsewhere), name).toBe(false);
  }
});

test('a key for pages of certain origins is let in from them by every way, from other pages by none', async () => {
  const origin = 'https://shop.example.com';
  await using run = await startWithKey({ allowedOrigins: [origin] });
  for (const [name, isLetIn] of Object.entries(waysIn)) {
    expect.soft(await isLetIn(run), name).toBe(true);
    expect.soft(await isLetIn(run, origin), name).toBe(true);
    expect.soft(await isLetIn(run, 'https://elsewhere.example.com'), name).toBe(false);
  }
});

test('a key that its workspace lets ask twice a minute is refused the third time', async () => {
  await using run = await startWithKey({ requestsPerMinute: 2 });
  const ask = () =>
    run.gateway.query('{ __typename }', { authorization: `Bearer ${run.users.key}` });
  const answers = [await ask(), await ask(), await ask()];
  expect(answers.map(({ status }) => status)).toEqual([200, 200, 429]);
});
