import { once } from 'node:events';
import { createServer, type IncomingMessage } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startBodyPace } from './body-pace.ts';

const server = createServer();
beforeAll(async () => {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
});
afterAll(() => void server.close());

const pace = startBodyPace({ patienceMilliseconds: 500, leastBytesPerSecond: 500 });
afterAll(() => pace.stop());

/** A body that is being sent, and who may still end it. */
async function begin() {
  const { port } = server.address() as AddressInfo;
  const sender = connect(port, '127.0.0.1').on('error', () => {});
  sender.write('POST / HTTP/1.1\r\nhost: a\r\ncontent-length: 1000000\r\n\r\n');
  const [request] = (await once(server, 'request')) as [IncomingMessage];
  request.on('error', () => {});
  return { sender, request, ...pace.watch(request) };
}

/** Sends a piece again and again until told to end. */
function trickle({ sender }: { sender: NodeJS.WritableStream }, bytes: number): Disposable {
  const timer = setInterval(() => sender.write('a'.repeat(bytes)), 20);
  return { [Symbol.dispose]: () => clearInterval(timer) };
}

test('a body of which a byte comes now and then ends, as one of which nothing comes, and others do not', async () => {
  const [silent, slow, fast, unread] = [await begin(), await begin(), await begin(), await begin()];
  for (const { request } of [silent, slow, fast]) request.resume();
  unread.sender.write('a'.repeat(100));
  using _slow = trickle(slow, 1);
  using _fast = trickle(fast, 100);
  await Promise.all([silent, slow].map(({ signal }) => once(signal, 'abort')));
  expect(silent.signal.reason).toMatchObject({ code: 'TOO_SLOW', status: 408 });
  expect(slow.signal.reason.message).toContain('Expected at least 500 bytes a second');
  // What of it is there waits for us.
  expect([fast.signal.aborted, unread.signal.aborted]).toEqual([false, false]);
  for (const { sender } of [silent, slow, fast, unread]) sender.destroy();
});

test('what came early buys no more than a patience', async () => {
  const body = await begin();
  body.request.resume();
  body.sender.write('a'.repeat(500_000));
  await once(body.signal, 'abort');
  expect(body.request.complete).toBe(false);
  body.sender.destroy();
});

test('a body that came is waited for no longer', async () => {
  const [silent, whole] = [await begin(), await begin()];
  for (const { request } of [silent, whole]) request.resume();
  whole.sender.write('a'.repeat(1_000_000));
  await once(whole.request, 'end');
  await once(silent.signal, 'abort');
  expect(whole.signal.aborted).toBe(false);
  for (const { sender } of [silent, whole]) sender.destroy();
});
