import { once } from 'node:events';
import { type ClientRequest, type IncomingMessage, request } from 'node:http';
import { json } from 'node:stream/consumers';
import { createBrotliCompress, createGzip, createZstdCompress, gzipSync } from 'node:zlib';
import { person } from '@tributary/testkit';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import {
  createSource,
  deadLetters,
  event,
  type Processing,
  processedOf,
  send,
  startProcessing,
} from './processing.ts';

let processing: Processing;
beforeAll(async () => {
  processing = await startProcessing();
});
afterAll(() => processing[Symbol.asyncDispose]());

const type = 'application/x-ndjson';
const line = (overrides?: Record<string, unknown>) => `${JSON.stringify(event(overrides))}\n`;

/** A body that is still being written. */
function openRequest(writeKey: string, headers: Record<string, string> = {}): ClientRequest {
  const opened = request(`${processing.subgraph.url}/v1/events`, {
    method: 'POST',
    headers: { authorization: `Bearer ${writeKey}`, 'content-type': type, ...headers },
  });
  // A test that breaks it off says so itself.
  opened.on('error', () => {});
  return opened;
}

async function answerTo(sent: ClientRequest) {
  const [response] = (await once(sent, 'response')) as [IncomingMessage];
  // biome-ignore lint/suspicious/noExplicitAny: as in the answers of `send`.
  return { status: response.statusCode, body: (await json(response)) as any };
}

async function comesThrough(sourceId: string, count: number): Promise<void> {
  await vi.waitFor(
    async () => expect(await processedOf(processing, sourceId)).toHaveLength(count),
    20_000,
  );
}

test('what came of a body is on its way while the rest is still being sent', async () => {
  const { id, writeKey } = await createSource(processing, person());
  const sent = openRequest(writeKey);
  sent.write(line({ id: '1' }) + line({ id: '2', data: 'none' }));
  await comesThrough(id, 1);
  sent.write('\n{"id":"3",');
  sent.end(line({ id: '3' }).slice(1));
  const { status, body } = await answerTo(sent);
  expect(status).toBe(207);
  expect(body).toMatchObject({
    accepted: 2,
    rejected: 1,
    verdicts: [
      { index: 0, id: '1', status: 'accepted' },
      { index: 1, id: '2', status: 'rejected', field: 'data' },
      { index: 2, id: '3', status: 'accepted' },
    ],
  });
  await comesThrough(id, 2);
});

const packers = { gzip: createGzip, zstd: createZstdCompress, br: createBrotliCompress };
for (const [encoding, createPacker] of Object.entries(packers)) {
  test(`a body packed with ${encoding} is taken while it comes, too`, async () => {
    const { id, writeKey } = await createSource(processing, person());
    const packer = createPacker();
    const sent = openRequest(writeKey, { 'content-encoding': encoding });
    packer.pipe(sent);
    packer.write(line());
    packer.flush();
    await comesThrough(id, 1);
    packer.end(line());
    expect(await answerTo(sent)).toMatchObject({ status: 200, body: { accepted: 2 } });
  });
}

test('of a body whose sender is gone, whole lines are kept and the last, broken one is nothing', async () => {
  const owner = person();
  const { id, writeKey } = await createSource(processing, owner);
  const sent = openRequest(writeKey);
  const last = line();
  sent.write(line());
  await comesThrough(id, 1);
  sent.write(line() + line() + last.slice(0, 40), () => sent.destroy());
  await comesThrough(id, 3);
  expect(await deadLetters(processing, owner)).toEqual([]);
  expect(await processing.subgraph.log()).not.toContain('unexpected error');
  // Sent again as a whole it counts once.
  expect((await send(processing, writeKey, last, { type })).status).toBe(200);
  await comesThrough(id, 4);
});

test('a body whose packing is broken is a problem that says what was taken before', async () => {
  const { id, writeKey } = await createSource(processing, person());
  const lines = Array.from({ length: 2_000 }, () =>
    line({ data: { text: crypto.randomUUID() } }),
  ).join('');
  // Cut short: other bytes in its place could unpack to lines that nobody wrote.
  const packed = gzipSync(lines);
  const half = packed.subarray(0, Math.floor(packed.length / 2));
  const answer = await send(processing, writeKey, half, {
    type,
    headers: { 'content-encoding': 'gzip' },
  });
  expect([answer.status, answer.body.code]).toEqual([400, 'INVALID_JSON']);
  const { accepted, verdicts } = answer.body;
  expect(accepted).toBeGreaterThan(100);
  expect(verdicts).toHaveLength(accepted);
  await comesThrough(id, accepted);
});

test('a body may be longer than what is held of it, and a line that is too long costs only itself', async () => {
  const { writeKey } = await createSource(processing, person());
  const text = 'x'.repeat(200_000);
  const lines = Array.from({ length: 150 }, (_, number) =>
    line({ id: `${number}`, data: { text: number === 70 ? 'x'.repeat(2_000_000) : text } }),
  ).join('');
  const { status, body } = await send(processing, writeKey, lines, { type });
  expect([status, body.accepted, body.rejected]).toEqual([207, 149, 1]);
  expect(body.verdicts[70]).toMatchObject({
    index: 70,
    status: 'rejected',
    reason: expect.stringContaining('expected a record of at most 1048576 bytes'),
  });
});

test('NDJSON is no call of a Segment library', async () => {
  const { writeKey } = await createSource(processing, person());
  const response = await fetch(`${processing.subgraph.url}/v1/batch`, {
    method: 'POST',
    headers: { authorization: `Bearer ${writeKey}`, 'content-type': type },
    body: line(),
  });
  expect(response.status).toBe(415);
});

test('when the log goes away in the middle, the sender is told to come again, and what was taken', async () => {
  const { id, writeKey } = await createSource(processing, person());
  const sent = openRequest(writeKey);
  sent.write(line({ id: '1' }));
  await comesThrough(id, 1);
  await processing.redis.stop();
  sent.end(line({ id: '2' }));
  const { status, body } = await answerTo(sent);
  expect(status).toBe(503);
  expect(body).toMatchObject({
    code: 'UNAVAILABLE',
    accepted: 1,
    verdicts: [{ index: 0, id: '1', status: 'accepted' }],
  });
});
