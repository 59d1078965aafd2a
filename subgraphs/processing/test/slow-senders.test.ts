import { once } from 'node:events';
import { readdir } from 'node:fs/promises';
import { type IncomingMessage, request } from 'node:http';
import { json } from 'node:stream/consumers';
import { gzipSync } from 'node:zlib';
import { person } from '@tributary/testkit';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import {
  createSource,
  event,
  type Processing,
  processedOf,
  send,
  startProcessing,
} from './processing.ts';

let processing: Processing;
beforeAll(async () => {
  processing = await startProcessing({
    INGEST_MEMORY_BYTES: '1048576',
    INGEST_PATIENCE_MILLISECONDS: '2000',
    INGEST_LEAST_BYTES_PER_SECOND: '500',
  });
});
afterAll(() => processing[Symbol.asyncDispose]());

const ndjson = 'application/x-ndjson';
const line = (overrides?: Record<string, unknown>) => `${JSON.stringify(event(overrides))}\n`;

interface Sending {
  writeKey: string;
  path?: string;
  headers?: Record<string, string | number>;
}

/** A body that is being sent; `answer` comes when it comes, also before its end. */
function beginToSend({ writeKey, path = '/v1/events', headers = {} }: Sending) {
  const sender = request(`${processing.subgraph.url}${path}`, {
    method: 'POST',
    headers: { authorization: `Bearer ${writeKey}`, 'content-type': ndjson, ...headers },
  });
  sender.on('error', () => {});
  const answer = once(sender, 'response').then(async ([response]: IncomingMessage[]) => ({
    status: response?.statusCode,
    // biome-ignore lint/suspicious/noExplicitAny: as in the answers of `send`.
    body: response && ((await json(response)) as any),
  }));
  return { sender, answer };
}

/** Writes what is given again and again until told to end. */
function trickle(sender: NodeJS.WritableStream, piece: () => string) {
  let bytes = 0;
  const timer = setInterval(() => {
    const next = piece();
    bytes += next.length;
    sender.write(next);
  }, 50);
  return { bytes: () => bytes, [Symbol.dispose]: () => clearInterval(timer) };
}

test('a body that trickles is answered with what of it was kept, and one that comes slowly is taken', async () => {
  const { id, writeKey } = await createSource(processing, person());
  // Of a length that is known and small, so that there is room for all.
  const of = (length: number) => ({ 'content-length': length });
  const slow = beginToSend({ writeKey, headers: of(100_000) });
  const document = beginToSend({
    writeKey,
    headers: { ...of(100_000), 'content-type': 'application/json' },
  });
  const file = beginToSend({ writeKey, path: '/v1/imports?name=a.csv', headers: of(100_000) });
  const honest = beginToSend({ writeKey, headers: of(100_000) });

  slow.sender.write(line({ id: 'kept' }) + line({ id: 'refused', data: 7 }));
  document.sender.write(`[${line()}`);
  file.sender.write('when,delay\n');
  using _slow = trickle(slow.sender, () => ' ');
  using _document = trickle(document.sender, () => ' ');
  using _file = trickle(file.sender, () => '1');
  const honestly = trickle(honest.sender, () => line());

  const tooSlow = { status: 408, code: 'TOO_SLOW' };
  const detail = expect.stringContaining('Expected at least 500 bytes a second');
  expect(await slow.answer).toMatchObject({
    status: 408,
    body: {
      ...tooSlow,
      detail,
      accepted: 1,
      rejected: 1,
      verdicts: [
        { index: 0, id: 'kept', status: 'accepted' },
        { index: 1, id: 'refused', status: 'rejected', field: 'data' },
      ],
    },
  });
  for (const { answer } of [document, file]) {
    expect(await answer).toMatchObject({ status: 408, body: { ...tooSlow, detail } });
  }
  expect(await readdir(processing.imports)).toEqual([]);
  honestly[Symbol.dispose]();
  // Blank lines are none, so the rest of what it said is that.
  honest.sender.end(' '.repeat(100_000 - honestly.bytes()));
  const { status, body } = await honest.answer;
  expect([status, body.rejected]).toEqual([200, 0]);
  await vi.waitFor(
    async () => expect(await processedOf(processing, id)).toHaveLength(body.accepted + 1),
    20_000,
  );
});

test('a packed body that stops coming is answered, and its room is there for the next one', async () => {
  const { writeKey } = await createSource(processing, person());
  const headers = { 'content-encoding': 'gzip' };
  const packed = gzipSync(line());
  const silent = beginToSend({ writeKey, headers });
  silent.sender.write(packed.subarray(0, 30));
  // It may become as large as all the room there is.
  const full = await vi.waitFor(async () => {
    const next = beginToSend({ writeKey, headers });
    next.sender.end(packed);
    const answer = await next.answer;
    expect(answer.status).toBe(429);
    return answer;
  });
  expect(full.body.code).toBe('RATE_LIMITED');
  expect(await silent.answer).toMatchObject({ status: 408, body: { code: 'TOO_SLOW' } });
  await vi.waitFor(async () => {
    const next = beginToSend({ writeKey, headers });
    next.sender.end(packed);
    expect((await next.answer).status).toBe(200);
  });
});

test('a workspace that holds its share with bodies that keep the pace keeps nobody else out', async () => {
  const { writeKey } = await createSource(processing, person());
  const others = await createSource(processing, person());
  // Its key is known from here on, so that a request has its room when it is answered with `continue`.
  expect((await send(processing, writeKey, event())).status).toBe(200);
  const headers = { 'content-length': 500_000, expect: '100-continue' };
  const holding = beginToSend({ writeKey, headers });
  await once(holding.sender, 'continue');
  using trickled = trickle(holding.sender, () => line());
  const body = line() + ' '.repeat(400_000);
  const turnedAway = await send(processing, writeKey, body, { type: ndjson });
  expect([turnedAway.status, turnedAway.body.code]).toEqual([429, 'RATE_LIMITED']);
  expect(Number(turnedAway.headers.get('retry-after'))).toBeGreaterThan(0);

  const taken = await send(processing, others.writeKey, body, { type: ndjson });
  expect([taken.status, taken.body.accepted]).toEqual([200, 1]);
  // What is small still finds room beside what its own workspace holds.
  expect((await send(processing, writeKey, event())).status).toBe(200);
  trickled[Symbol.dispose]();
  holding.sender.end(line().padEnd(500_000 - trickled.bytes()));
  expect(await holding.answer).toMatchObject({ status: 200, body: { rejected: 0 } });
});

test('a document that says it is too large is refused before it comes, and takes no room from others', async () => {
  const { writeKey } = await createSource(processing, person());
  const length = 11_000_000;
  const document = beginToSend({
    writeKey,
    headers: {
      'content-type': 'application/json',
      'content-length': length,
      // Answered when the request is there.
      expect: '100-continue',
    },
  });
  await once(document.sender, 'continue');
  for (const id of ['one', 'other']) {
    const next = beginToSend({ writeKey, headers: { 'content-encoding': 'gzip' } });
    next.sender.end(gzipSync(line({ id })));
    expect((await next.answer).status).toBe(200);
  }
  document.sender.end(' '.repeat(length));
  expect(await document.answer).toMatchObject({ status: 413, body: { code: 'TOO_LARGE' } });
});
