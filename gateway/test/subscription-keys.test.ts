import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { startKeyIssuer } from './support/key-issuer.ts';
import { boardOf, startLive, update } from './support/live.ts';
import { openKnownSocket, openRawSocket } from './support/raw-socket.ts';
import { openStream } from './support/stream.ts';
import { createSubscriber } from './support/subscriber.ts';

let keys: Awaited<ReturnType<typeof startKeyIssuer>>;
let run: Awaited<ReturnType<typeof startLive>>;
beforeAll(async () => {
  keys = await startKeyIssuer();
  run = await startLive({
    configuration: { rateLimits: { trustedProxies: 1 } },
    environment: {
      ...keys.environment,
      SUBSCRIBERS_PER_ADDRESS: '3',
      SUBSCRIBERS_PER_PRINCIPAL: '2',
    },
  });
});
afterAll(async () => {
  await run[Symbol.asyncDispose]();
  await keys[Symbol.asyncDispose]();
});

// Connections are counted: those of one test must not count for the next.
afterEach(() => expect.poll(() => run.gauge('graphql_subscribers')).toBe(0));

const init = (headers: { authorization: string }) => ({
  type: 'connection_init',
  payload: headers,
});
const boardQuery = 'subscription { widgetUpdated(dashboardId: "d1") { value } }';
const noticeQuery = 'subscription { noticed { id } }';

const stream = (headers: Record<string, string>) =>
  openStream(run.gateway, { query: noticeQuery, headers });

test('an API key subscribes in its own workspace, to what its scopes allow', async () => {
  const key = keys.issue({ scopes: ['read:analytics'] });
  const [neighbour, elsewhere] = [keys.issue({ scopes: [] }), keys.issue()];
  await using client = createSubscriber(run.gateway, key.headers);
  const board = client.subscribe(boardQuery).next();
  const notice = client.subscribe(noticeQuery).next();
  await expect.poll(() => run.subscriberCount(boardOf(key.workspace))).toBe(1);
  await run.publishUnheard(boardOf(elsewhere.workspace), { ...update, value: 1 });
  await run.publish(boardOf(key.workspace), update);
  await run.publish(`notices.${key.workspace}.user.${key.client}`, { id: 'n1', title: 'Late' });

  expect((await board).value.data).toEqual({ widgetUpdated: { value: 4.5 } });
  expect((await notice).value.data).toEqual({ noticed: { id: 'n1' } });
  await using other = createSubscriber(run.gateway, neighbour.headers);
  await expect(other.subscribe(boardQuery).next()).rejects.toMatchObject([
    { extensions: { code: 'FORBIDDEN' } },
  ]);
});

test('keys of one partner with other scopes do not share what a subgraph is asked for', async () => {
  const key = keys.issue({ scopes: ['read:analytics', 'write:analytics'] });
  const { client, workspace } = key;
  const lesser = keys.issue({ client, workspace, scopes: ['read:analytics'] });
  const query = `subscription { widgetUpdated(dashboardId: "d2") { widget { title metric { formula } } } }`;
  await using whole = createSubscriber(run.gateway, key.headers);
  await using restricted = createSubscriber(run.gateway, lesser.headers);
  const results = [whole, restricted].map((each) => each.subscribe(query).next());
  await run.subscribed(2);
  expect(await run.gauge('graphql_subscription_groups')).toBe(2);
  await run.publish(boardOf(workspace, 'd2'), {
    ...update,
    widget: { id: 'w1', metric: { id: 'm1', formula: 'secret' } },
  });

  const [first, second] = await Promise.all(results);
  const seen = (formula: string | null) => ({
    data: { widgetUpdated: { widget: { title: 'Widget w1', metric: { formula } } } },
  });
  expect(first?.value).toMatchObject(seen('secret'));
  expect(second?.value).toMatchObject(seen(null));
});

test('a key for pages of one origin opens no socket and no stream for those of another', async () => {
  const { headers } = keys.issue({ allowedOrigins: ['https://shop.example.com'] });
  const page = (origin: string) => openRawSocket(run.gateway, { origin });
  using elsewhere = await page('https://elsewhere.example.com');
  elsewhere.send(init(headers));
  expect((await elsewhere.closed).code).toBe(4403);
  using shop = await page('https://shop.example.com');
  shop.send(init(headers));
  await expect.poll(() => shop.received).toEqual([{ type: 'connection_ack' }]);
  const origin = 'https://elsewhere.example.com';
  await using events = await stream({ ...headers, origin });
  expect(events.status).toBe(403);
});

test('a key for one address opens sockets and streams from there, and only from there', async () => {
  const { headers } = keys.issue({ allowedAddresses: ['192.0.2.0/24'] });
  const from = { 'x-forwarded-for': '192.0.2.7' };
  using there = await openRawSocket(run.gateway, from);
  there.send(init(headers));
  await expect.poll(() => there.received).toEqual([{ type: 'connection_ack' }]);
  await using events = await stream({ ...headers, ...from });
  expect(events.status).toBe(200);
  using elsewhere = await openRawSocket(run.gateway);
  elsewhere.send(init(headers));
  expect((await elsewhere.closed).code).toBe(4403);
  await using refused = await stream(headers);
  expect(refused.status).toBe(403);
});

test('a partner holds no more connections than a person', async () => {
  const { headers } = keys.issue();
  using _first = await openKnownSocket(run.gateway, headers);
  using _second = await openKnownSocket(run.gateway, headers);
  using third = await openRawSocket(run.gateway);
  third.send(init(headers));
  expect((await third.closed).code).toBe(4429);
});

test('clients behind a proxy that is trusted are counted by their own address', async () => {
  const from = (address: string) => openRawSocket(run.gateway, { 'x-forwarded-for': address });
  const accepted = await Promise.all(
    [1, 2, 3, 4].map(async (place) => {
      const socket = await from(`198.51.100.${place % 2}`);
      socket.send({ type: 'ping' });
      return socket;
    }),
  );
  for (const { received } of accepted) await expect.poll(() => received.length).toBe(1);
  using third = await from('198.51.100.1');
  third.send({ type: 'ping' });
  await expect.poll(() => third.received.length).toBe(1);
  using fourth = await from('198.51.100.1');
  expect((await fourth.closed).code).toBe(4429);
  for (const socket of accepted) socket[Symbol.dispose]();
});
