import { randomUUID } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import { revocationsChannel } from '@tributary/chassis';
import { freePort } from '@tributary/local-stack';
import { person } from '@tributary/testkit';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { startLive } from './support/live.ts';
import { followNumbers } from './support/number-stream.ts';
import { openKnownSocket, openRawSocket } from './support/raw-socket.ts';
import { accepted, openStream } from './support/stream.ts';

let run: Awaited<ReturnType<typeof startLive>>;
beforeAll(async () => {
  run = await startLive({
    port: await freePort(),
    environment: { SUBSCRIBER_IDLE_SECONDS: '2', SUPERGRAPH_POLL_SECONDS: '0.1' },
  });
});
afterAll(() => run[Symbol.asyncDispose]());
afterEach(() => expect.poll(() => run.gauge('graphql_subscribers')).toBe(0));

const query = 'subscription { noticed { id } }';
/** What is promised of an ended right; the connection itself may take a moment to close. */
const withinFiveSeconds = { timeout: 5_000, interval: 20 };

interface Connection extends AsyncDisposable {
  /** What the client was told when it was ended; undefined while it goes on. */
  ending(): { code: unknown; reason: string } | undefined;
}

type Connect = (headers: { authorization: string }) => Promise<Connection>;

const overSocket: Connect = async (headers) => {
  const socket = await openKnownSocket(run.gateway, headers);
  let ending: { code: number; reason: string } | undefined;
  void socket.closed.then((how) => {
    ending = how;
  });
  socket.send({ id: '1', type: 'subscribe', payload: { query, extensions: { resume: {} } } });
  return { ending: () => ending, [Symbol.asyncDispose]: async () => socket[Symbol.dispose]() };
};

const overHttp =
  (accept: string): Connect =>
  async (headers) => {
    const stream = await openStream(run.gateway, { query, headers, accept });
    let isOver = false;
    stream.ended.then(
      () => {
        isOver = true;
      },
      () => {},
    );
    return {
      ending() {
        if (!isOver) return undefined;
        const [, message = '', code] =
          /"message":"([^"]*)","extensions":{"code":"(\w+)"/.exec(stream.text()) ?? [];
        return { code, reason: message };
      },
      [Symbol.asyncDispose]: stream[Symbol.asyncDispose],
    };
  };

const transports: [string, Connect, code: unknown][] = [
  ['a WebSocket', overSocket, 4401],
  ['an event stream', overHttp(accepted['an event stream']), 'UNAUTHENTICATED'],
  ['multipart HTTP', overHttp(accepted['multipart HTTP']), 'UNAUTHENTICATED'],
];

test.each(transports)('%s ends with the token it came with', async (_, connect, code) => {
  await using connection = await connect(await run.issuer.bearer(person(), { expiresIn: 2 }));
  await expect
    .poll(connection.ending, withinFiveSeconds)
    .toEqual({ code, reason: expect.stringContaining('token expired') });
});

const rights: [
  string,
  (whose: { subject: string; workspace: string; session: string }) => object,
][] = [
  ['a session', ({ subject, session }) => ({ subject, session })],
  ['a membership', ({ subject, workspace }) => ({ subject, workspace })],
];

test.each(
  transports.flatMap(([name, connect, code]) =>
    rights.map(([right, revocation]) => ({ name, connect, code, right, revocation })),
  ),
)('$name ends when $right does, and others go on', async ({ connect, code, revocation }) => {
  const [alice, session] = [person(), randomUUID()];
  const bearer = (who: typeof alice, sid: string) =>
    run.issuer.bearer(who, { claims: { sid, iat_ms: Date.now() - 1 } });
  await using ended = await connect(await bearer(alice, session));
  const colleague = person({ workspace: alice.workspace });
  await using other = await connect(await bearer(colleague, randomUUID()));
  await run.subscribed(2);
  const revoked = { ...revocation({ ...alice, session }), at: new Date().toISOString() };
  await run.redis.publish(revocationsChannel, JSON.stringify(revoked));
  await expect
    .poll(ended.ending, withinFiveSeconds)
    .toEqual({ code, reason: expect.stringContaining('access revoked') });
  expect(other.ending()).toBeUndefined();
});

test('a socket that never says who it is, is closed', async () => {
  using socket = await openRawSocket(run.gateway);
  expect(await socket.closed).toEqual({ code: 4408, reason: 'connection_init was expected' });
});

test('a socket is closed when nothing has been subscribed on it for too long, and not before', async () => {
  const headers = await run.issuer.bearer(person());
  using socket = await openKnownSocket(run.gateway, headers);
  socket.send({ id: '1', type: 'subscribe', payload: { query } });
  await run.subscribed(1);
  // Another, younger one is idle for as long, and ends first.
  using idle = await openKnownSocket(run.gateway, headers);
  expect((await idle.closed).code).toBe(4408);
  expect(socket.socket.readyState).toBe(socket.socket.OPEN);
  socket.send({ id: '1', type: 'complete' });
  expect(await socket.closed).toEqual({ code: 4408, reason: 'no subscription for too long' });
});

test('clients are moved on to a new supergraph, told when to come back, and lose nothing', async () => {
  using stream = await followNumbers(run);
  const headers = await run.issuer.bearer(person());
  using socket = await openKnownSocket(run.gateway, headers);
  socket.send({ id: '1', type: 'subscribe', payload: { query } });
  await using events = await openStream(run.gateway, { query, headers });
  const accept = accepted['multipart HTTP'];
  await using parts = await openStream(run.gateway, { query, headers, accept });
  await run.subscribed(6);
  const sdl = await readFile(run.supergraph.path, 'utf8');
  await stream.publish(10);
  await writeFile(run.supergraph.path, sdl.replaceAll(/^ {2}since\(/gm, '  until('));
  await expect.poll(run.gateway.log, { timeout: 30_000 }).toContain('a new supergraph serves');
  await stream.publish(10);
  expect((await socket.closed).code).toBe(1012);
  expect(await events.ended).toMatch(/\nretry: \d+\n[\s\S]*event: complete/);
  expect(await parts.ended).toMatch(/"retryAfter":\d+/);
  await stream.publish(10);
  await stream.complete();
});
