import { brotliCompressSync, deflateSync, gzipSync, zstdCompressSync } from 'node:zlib';
import { person } from '@tributary/testkit';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
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
  processing = await startProcessing({ INGEST_MEMORY_BYTES: '1048576' });
});
afterAll(() => processing[Symbol.asyncDispose]());

const ndjson = 'application/x-ndjson';

describe('a packed body', () => {
  const packers = {
    gzip: gzipSync,
    zstd: zstdCompressSync,
    deflate: deflateSync,
    br: brotliCompressSync,
  };
  for (const [encoding, pack] of Object.entries(packers)) {
    test(`is read as ${encoding}`, async () => {
      const { id, writeKey } = await createSource(processing, person());
      const events = Array.from({ length: 200 }, () => event());
      const body = pack(events.map((one) => JSON.stringify(one)).join('\n'));
      const answer = await send(processing, writeKey, body, {
        type: ndjson,
        headers: { 'content-encoding': encoding },
      });
      expect(answer.body).toMatchObject({ accepted: 200, rejected: 0 });
      await vi.waitFor(
        async () => expect(await processedOf(processing, id)).toHaveLength(200),
        20_000,
      );
    });
  }

  test('that is not what it says is refused, and so is an unknown packing', async () => {
    const { writeKey } = await createSource(processing, person());
    const options = (encoding: string) => ({
      type: ndjson,
      headers: { 'content-encoding': encoding },
    });
    const broken = await send(processing, writeKey, JSON.stringify(event()), options('gzip'));
    expect([broken.status, broken.body.code]).toEqual([400, 'INVALID_JSON']);
    const unknown = await send(processing, writeKey, JSON.stringify(event()), options('compress'));
    expect([unknown.status, unknown.body.code]).toEqual([415, 'UNSUPPORTED_MEDIA_TYPE']);
  });

  test('of more than 256 MB unpacked is refused however small it came', async () => {
    const { writeKey } = await createSource(processing, person());
    const bomb = gzipSync(Buffer.alloc(300_000_000, ' '));
    const answer = await send(processing, writeKey, bomb, {
      type: ndjson,
      headers: { 'content-encoding': 'gzip' },
    });
    expect([answer.status, answer.body.code]).toEqual([413, 'TOO_LARGE']);
  });

  test('of more than a document may have unpacked is answered at once, since its room is held until then', async () => {
    const { writeKey } = await createSource(processing, person());
    const bomb = zstdCompressSync(Buffer.alloc(200_000_000, ' '));
    const before = performance.now();
    const answer = await send(processing, writeKey, bomb, {
      type: 'application/json',
      headers: { 'content-encoding': 'zstd' },
    });
    expect(answer.status).toBe(413);
    expect(performance.now() - before).toBeLessThan(8_000);
  });
});

test('requests that find no room are told when to come again, and are taken then', async () => {
  const { id, writeKey } = await createSource(processing, person());
  const bodies = Array.from({ length: 12 }, () =>
    Array.from({ length: 2_000 }, () =>
      JSON.stringify(event({ data: { text: 'x'.repeat(200) } })),
    ).join('\n'),
  );
  let turnedAway = 0;
  const deliver = async (body: string): Promise<void> => {
    const answer = await send(processing, writeKey, body, { type: ndjson });
    if (answer.status === 200) return;
    expect([answer.status, answer.body.code]).toEqual([429, 'RATE_LIMITED']);
    expect(Number(answer.headers.get('retry-after'))).toBeGreaterThan(0);
    turnedAway += 1;
    return deliver(body);
  };
  await Promise.all(bodies.map(deliver));
  expect(turnedAway).toBeGreaterThan(0);
  await vi.waitFor(
    async () => expect(await processedOf(processing, id)).toHaveLength(24_000),
    30_000,
  );
});

test('a client that leaves while its key is looked up gives its room back', async () => {
  const { writeKey } = await createSource(processing, person());
  const { pool } = processing.database;
  const slow = await pool.connect();
  await slow.query('BEGIN');
  await slow.query('LOCK TABLE source IN ACCESS EXCLUSIVE MODE');
  const leaving = new AbortController();
  const gone = fetch(`${processing.subgraph.url}/v1/events`, {
    method: 'POST',
    headers: {
      authorization: `Bearer ${writeKey}`,
      'content-type': ndjson,
      'content-encoding': 'gzip',
    },
    body: gzipSync(JSON.stringify(event())),
    signal: leaving.signal,
  });
  await vi.waitFor(async () => {
    const { rows } = await pool.query('SELECT FROM pg_locks WHERE NOT granted');
    expect(rows).not.toEqual([]);
  });
  leaving.abort();
  await expect(gone).rejects.toThrow('abort');
  // The service has heard of it by the time that it answers this.
  await processing.subgraph.query(person(), '{ __typename }');
  await slow.query('ROLLBACK');
  slow.release();
  await vi.waitFor(async () => {
    const { rows } = await pool.query('SELECT FROM pg_locks WHERE NOT granted');
    expect(rows).toEqual([]);
  });
  expect((await send(processing, writeKey, event())).status).toBe(200);
});

test('while the log holds more than it may nothing is taken, and the producer is told to come again', async () => {
  await using full = await startProcessing({ EVENT_LOG_MOST_BYTES: '1048576' });
  const { id, writeKey } = await createSource(full, person());
  const refused = await vi.waitFor(async () => {
    const answer = await send(
      full,
      writeKey,
      Array.from({ length: 500 }, () => event()),
    );
    expect(answer.status).toBe(503);
    return answer;
  }, 20_000);
  expect(refused.body).toMatchObject({ code: 'UNAVAILABLE' });
  expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0);
  // What was taken before may be on its way through the pipeline.
  await vi.waitFor(async () => expect((await processedOf(full, id)).length % 500).toBe(0), 20_000);
});

describe('an event sent again', () => {
  test('letter by letter is called a duplicate, in the same request and in a later one', async () => {
    const { id, writeKey } = await createSource(processing, person());
    const [first, second] = [event({ id: '1' }), event({ id: '2' })];
    const answer = await send(processing, writeKey, [first, second, first]);
    expect(answer.status).toBe(200);
    expect(answer.body).toMatchObject({ accepted: 2, duplicates: 1, rejected: 0 });
    expect(answer.body.verdicts[2]).toEqual({ index: 2, id: '1', status: 'duplicate' });
    const again = await send(processing, writeKey, [second, event({ id: '3' })]);
    expect(again.body).toMatchObject({ accepted: 1, duplicates: 1 });
    await vi.waitFor(async () => {
      const ids = (await processedOf(processing, id)).map((record) => record.id);
      expect(ids.sort()).toEqual(['1', '2', '3']);
    }, 20_000);
  });

  test('with other data, from another source or without a time is taken', async () => {
    const owner = person();
    const [one, other] = [
      await createSource(processing, owner, 'one'),
      await createSource(processing, owner, 'other'),
    ];
    const sent = event({ id: '1' });
    const timeless = event({ id: '2', time: undefined });
    await send(processing, one.writeKey, [sent, timeless]);
    const corrected = await send(processing, one.writeKey, [
      { ...sent, data: { delay: 5 } },
      timeless,
    ]);
    expect(corrected.body).toMatchObject({ accepted: 2, duplicates: 0 });
    expect((await send(processing, other.writeKey, sent)).body).toMatchObject({ accepted: 1 });
  });
});

describe('sendEvents', () => {
  const document = `mutation ($input: SendEventsInput!) { sendEvents(input: $input) {
    accepted duplicates rejected verdicts { index id status field reason } userErrors { code field } } }`;

  test('takes good events and says of the others what is wrong', async () => {
    const operator = person();
    const { id } = await createSource(processing, operator);
    const events = [
      event({ id: '1' }),
      event({ id: '2', data: 3 }),
      event({ id: '1', time: 'now' }),
    ];
    const { data } = await processing.subgraph.query(operator, document, {
      input: { sourceId: id, events },
    });
    expect(data.sendEvents).toMatchObject({
      accepted: 1,
      rejected: 2,
      verdicts: [
        { index: 0, id: '1', status: 'ACCEPTED', field: null, reason: null },
        { index: 1, id: '2', status: 'REJECTED', field: 'data' },
        { index: 2, id: '1', status: 'REJECTED', field: 'time' },
      ],
      userErrors: [],
    });
    await vi.waitFor(async () => expect(await processedOf(processing, id)).toHaveLength(1), 20_000);
  });

  test('keeps the text of what it refuses', async () => {
    const operator = person();
    const { id } = await createSource(processing, operator);
    const refused = event({ data: { text: 'a\u0000b' } });
    await processing.subgraph.query(operator, document, {
      input: { sourceId: id, events: [refused] },
    });
    const [letter] = await deadLetters(processing, operator);
    expect(JSON.parse(letter.original)).toEqual(refused);
  });

  test('refuses another workspace’s source, and principals without the scope', async () => {
    const { id } = await createSource(processing, person());
    const input = { sourceId: id, events: [event()] };
    const stranger = await processing.subgraph.query(person(), document, { input });
    expect(stranger.data.sendEvents).toMatchObject({
      accepted: 0,
      userErrors: [{ code: 'NOT_FOUND', field: ['input', 'sourceId'] }],
    });
    const reader = person({ scopes: ['read:pipelines'] });
    const { data, errors } = await processing.subgraph.query(reader, document, { input });
    expect(errors?.[0]?.extensions.code ?? data.sendEvents.userErrors[0]?.code).toBe('FORBIDDEN');
  });
});
