import { once } from 'node:events';
import { connect } from 'node:net';
import { person } from '@tributary/testkit';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { boardOf, type Live, startLive, update } from './support/live.ts';
import { createSubscriber } from './support/subscriber.ts';

/** For tests that leave the gateway and Redis as they are. */
let run: Live;
beforeAll(async () => {
  run = await startLive();
});
afterAll(() => run?.[Symbol.asyncDispose]());

test('many clients of one channel cost one Redis subscription, released with the last', async () => {
  const alice = person();
  const channel = boardOf(alice.workspace);
  await using opened = new AsyncDisposableStack();
  const connect = async () => opened.use(await run.connect(alice));
  const clients = await Promise.all(Array.from({ length: 5 }, connect));
  const query = 'subscription { widgetUpdated(dashboardId: "d1") { value } }';
  const streams = clients.map((client) => client.subscribe(query));
  const firsts = streams.map((stream) => stream.next());
  await run.subscribed(5);

  await run.publish(channel, update);

  for (const first of firsts) {
    expect((await first).value).toMatchObject({ data: { widgetUpdated: { value: 4.5 } } });
  }
  const [last, ...others] = clients;
  await Promise.all(others.map((client) => client[Symbol.asyncDispose]()));
  await run.subscribed(1);
  expect(await run.subscriberCount(channel)).toBe(1);
  await last?.[Symbol.asyncDispose]();
  await expect.poll(() => run.subscriberCount(channel)).toBe(0);
});

test('a subscription that its client completes is released at once', async () => {
  const alice = person();
  await using client = await run.connect(alice);
  const stream = client.subscribe('subscription { widgetUpdated(dashboardId: "d1") { value } }');
  void stream.next();
  await expect.poll(() => run.subscriberCount(boardOf(alice.workspace))).toBe(1);

  await stream.return?.();

  await expect.poll(() => run.subscriberCount(boardOf(alice.workspace))).toBe(0);
});

test('a token that is not good closes the socket as forbidden', async () => {
  await using client = createSubscriber(run.gateway, { authorization: 'Bearer nonsense' });

  expect((await client.closed).code).toBe(4403);
});

test('the socket ends with the token it came with', async () => {
  await using client = await run.connect(person(), { expiresIn: 2 });

  expect(await client.closed).toEqual({ code: 4401, reason: 'token expired' });
});

test('a socket holds at most a hundred subscriptions', async () => {
  await using client = await run.connect(person());
  const query = (size: number) => `subscription { ticked(size: ${size}) { count } }`;
  for (let size = 0; size < 100; size += 1) void client.subscribe(query(size)).next();

  await expect(client.subscribe(query(100)).next()).rejects.toMatchObject([
    { extensions: { code: 'RATE_LIMITED' } },
  ]);
});

test('Ctrl-C closes open sockets as going away, and the gateway ends', async () => {
  await using run = await startLive();
  await using client = await run.connect(person());
  void client
    .subscribe('subscription { ticked(size: 1) { count } }')
    .next()
    .catch(() => {});
  await expect.poll(() => run.subscriberCount('ticks.1')).toBe(1);

  run.gateway.kill('SIGINT');

  expect((await client.closed).code).toBe(1001);
  expect(await run.gateway.ended).toBe(0);
});

test('subscriptions go on after Redis was away', async () => {
  await using run = await startLive();
  const alice = person();
  await using client = await run.connect(alice);
  const query = 'subscription { widgetUpdated(dashboardId: "d1") { value } }';
  const next = client.subscribe(query).next();
  await expect.poll(() => run.subscriberCount(boardOf(alice.workspace))).toBe(1);

  await run.server.restart();
  await run.publish(boardOf(alice.workspace), update);

  expect((await next).value).toMatchObject({ data: { widgetUpdated: { value: 4.5 } } });
});

test('while Redis is away subscriptions are said to be, and queries are answered', async () => {
  await using run = await startLive();
  await using client = await run.connect(person());
  await run.server.stop();

  const opening = client.subscribe('subscription { ticked(size: 1) { count } }').next();

  await expect(opening).rejects.toMatchObject([{ extensions: { code: 'UNAVAILABLE' } }]);
  expect((await run.gateway.query('{ widget(id: "1") { title } }')).data).toBeTruthy();
  expect((await fetch(`${run.gateway.url}/health/ready`)).status).toBe(200);
});

test('clients that reset their connection in the middle of an upgrade do not end the gateway', async () => {
  const { hostname, port } = new URL(run.gateway.url);
  const upgrade = (path: string) =>
    `GET ${path} HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n\r\n`;
  for (let attempt = 0; attempt < 40; attempt += 1) {
    const socket = connect(Number(port), hostname);
    await once(socket, 'connect');
    socket.write(upgrade(attempt % 2 === 0 ? '/graphql' : '/elsewhere'));
    socket.resetAndDestroy();
  }
  expect((await fetch(`${run.gateway.url}/health/live`)).status).toBe(200);
});
