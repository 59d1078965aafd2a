import { person } from '@tributary/testkit';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import {
  createSource,
  deadLetters,
  event,
  metric,
  type Processing,
  processedOf,
  registerEventType,
  send,
  startProcessing,
} from './processing.ts';

let processing: Processing;
beforeAll(async () => {
  processing = await startProcessing();
});
afterAll(() => processing[Symbol.asyncDispose]());

const delaySchema = {
  type: 'object',
  required: ['delay'],
  properties: { delay: { type: 'number' } },
};

/** Records of every kind, with the verdict each must get. */
const mixedBatch = [
  { record: event({ id: 'good' }), verdict: { id: 'good', status: 'accepted' } },
  {
    record: event({ id: 'bad-delay', data: { delay: 'late' } }),
    verdict: {
      id: 'bad-delay',
      status: 'rejected',
      field: 'data.delay',
      reason: 'must be number, got "late"',
    },
  },
  {
    record: event({ id: 'no-delay', data: {} }),
    verdict: {
      id: 'no-delay',
      status: 'rejected',
      field: 'data.delay',
      reason: 'is required, got nothing',
    },
  },
  {
    record: event({ id: undefined }),
    verdict: { id: null, status: 'rejected', field: 'id', reason: 'must be a string, got nothing' },
  },
  {
    record: event({ id: 'odd-time', time: 'yesterday' }),
    verdict: {
      id: 'odd-time',
      status: 'rejected',
      field: 'time',
      reason: 'must be an RFC 3339 time, e.g. 2026-11-21T09:30:00Z, got "yesterday"',
    },
  },
  {
    record: event({ id: 'no-data', data: [1] }),
    verdict: {
      id: 'no-data',
      status: 'rejected',
      field: 'data',
      reason: 'must be a JSON object, got an array of 1',
    },
  },
  {
    record: event({ id: 'free', type: 'nobody.registered', data: { any: 'thing' } }),
    verdict: { id: 'free', status: 'accepted' },
  },
  { record: 7, verdict: { id: null, status: 'rejected', reason: 'expected a JSON object, got 7' } },
];
const expectedVerdicts = mixedBatch.map(({ verdict }, index) => ({ index, ...verdict }));

describe('a batch with good and bad records', () => {
  const bodies = [
    { type: 'application/json', body: JSON.stringify(mixedBatch.map(({ record }) => record)) },
    {
      type: 'application/cloudevents-batch+json',
      body: JSON.stringify(
        mixedBatch.map(({ record }) => record),
        null,
        2,
      ),
    },
    {
      type: 'application/x-ndjson',
      body: mixedBatch.map(({ record }) => JSON.stringify(record)).join('\n'),
    },
    {
      type: 'application/ndjson; charset=utf-8',
      body: `${mixedBatch.map(({ record }) => JSON.stringify(record)).join('\r\n\r\n')}\r\n`,
    },
  ];
  for (const { type, body } of bodies) {
    test(`gets a verdict for each record as ${type}`, async () => {
      const operator = person();
      const { id, writeKey } = await createSource(processing, operator);
      await registerEventType(processing, operator, delaySchema);
      const answer = await send(processing, writeKey, body, {
        type,
        headers: { 'x-request-id': `batch-${id}` },
      });
      expect(answer.status).toBe(207);
      expect(answer.body).toEqual({
        accepted: 2,
        duplicates: 0,
        rejected: 6,
        verdicts: expectedVerdicts,
        requestId: `batch-${id}`,
      });
      await vi.waitFor(
        async () => {
          const records = await processedOf(processing, id);
          expect(records.map((record) => [record.id, record.requestid]).sort()).toEqual([
            ['free', `batch-${id}`],
            ['good', `batch-${id}`],
          ]);
        },
        { timeout: 15_000 },
      );
    });
  }

  test('leaves a dead letter for each rejected record, with its text as it came', async () => {
    const operator = person();
    const { id, writeKey } = await createSource(processing, operator);
    await registerEventType(processing, operator, delaySchema);
    const spaced =
      '{ "id" : "spaced", "source": "/s", "type": "flight.departed", "data": { "delay" : "1e2" } }';
    const answer = await send(processing, writeKey, `[${spaced} , {"no": 1.50}]`);
    expect(answer.status).toBe(422);
    const letters = await deadLetters(processing, operator);
    const found = letters.map((letter: { stage: string; field: string; original: string }) => [
      letter.stage,
      letter.field,
      letter.original.trim(),
    ]);
    expect(found.sort()).toEqual([
      ['ACCEPT', 'id', '{"no": 1.50}'],
      ['VALIDATE', 'data.delay', spaced],
    ]);
    expect(letters[0]).toMatchObject({ status: 'OPEN', attempts: 1, source: { id } });
  });
});

describe('one event', () => {
  test('is accepted with 200 as application/cloudevents+json', async () => {
    const { writeKey } = await createSource(processing, person());
    const answer = await send(processing, writeKey, event({ id: 'one' }), {
      type: 'application/cloudevents+json',
    });
    expect(answer.status).toBe(200);
    expect(answer.body).toMatchObject({
      accepted: 1,
      duplicates: 0,
      rejected: 0,
      verdicts: [{ index: 0, id: 'one', status: 'accepted' }],
    });
  });

  test('is accepted with the write key in X-Write-Key', async () => {
    const { writeKey } = await createSource(processing, person());
    const headers = { authorization: '', 'x-write-key': writeKey };
    expect((await send(processing, '', event(), { headers })).status).toBe(200);
  });

  test('without a time happened when it was accepted', async () => {
    const { id, writeKey } = await createSource(processing, person());
    const before = new Date().toISOString();
    await send(processing, writeKey, event({ time: undefined }));
    await vi.waitFor(
      async () => {
        const [record] = await processedOf(processing, id);
        expect(record?.time.localeCompare(before)).toBeGreaterThanOrEqual(0);
      },
      { timeout: 15_000 },
    );
  });

  test('has data of up to 256 KB, and is rejected with more', async () => {
    const { writeKey } = await createSource(processing, person());
    const largest = 262_144 - '{"text":""}'.length;
    const fits = await send(processing, writeKey, event({ data: { text: 'x'.repeat(largest) } }));
    expect(fits.body).toMatchObject({ accepted: 1 });
    const over = await send(
      processing,
      writeKey,
      event({ data: { text: 'x'.repeat(largest + 1) } }),
    );
    expect(over.status).toBe(422);
    expect(over.body.verdicts[0]).toMatchObject({
      field: 'data',
      reason: 'expected at most 256 KB of JSON, got more',
    });
  });

  test('is rejected when its time is before 1970 or more than seven days ahead', async () => {
    const { writeKey } = await createSource(processing, person());
    const day = 24 * 60 * 60 * 1000;
    const at = (milliseconds: number) => new Date(milliseconds).toISOString();
    const times = [at(-1), at(Date.now() + 7.1 * day), at(0), at(Date.now() + 6.9 * day)];
    const answer = await send(
      processing,
      writeKey,
      times.map((time) => event({ time })),
    );
    expect(answer.body.verdicts.map((verdict: { status: string }) => verdict.status)).toEqual([
      'rejected',
      'rejected',
      'accepted',
      'accepted',
    ]);
    expect(answer.body.verdicts[0]).toMatchObject({ field: 'time' });
  });
});

describe('the write key', () => {
  test('that nobody has, that looks odd or that is missing is refused with 401', async () => {
    for (const key of [`tw_${'A'.repeat(43)}`, 'nonsense', '']) {
      const answer = await send(processing, key, event());
      expect(answer.status).toBe(401);
      expect(answer.body).toMatchObject({ code: 'UNAUTHENTICATED', status: 401 });
    }
  });

  test('is looked up once, not for every batch', async () => {
    const { writeKey } = await createSource(processing, person());
    await send(processing, writeKey, event());
    const before = await metric(processing, 'sql_statements_total');
    await Promise.all(Array.from({ length: 50 }, () => send(processing, writeKey, event())));
    // The consumer and the relay work meanwhile; fifty look-ups would stand out.
    expect((await metric(processing, 'sql_statements_total')) - before).toBeLessThan(500);
  });
});

test('10 MB of lines are accepted whole', async () => {
  const { id, writeKey } = await createSource(processing, person());
  const line = JSON.stringify(event({ id: 'ID-000000', data: { text: 'x'.repeat(800) } }));
  const count = Math.floor(10_485_760 / (line.length + 1));
  const body = Array.from({ length: count }, (_, index) =>
    line.replace('ID-000000', `ID-${String(index).padStart(6, '0')}`),
  ).join('\n');
  const answer = await send(processing, writeKey, body, { type: 'application/x-ndjson' });
  expect(answer.body.accepted).toBe(count);
  await vi.waitFor(async () => expect(await processedOf(processing, id)).toHaveLength(count), {
    timeout: 20_000,
    interval: 500,
  });
});

test('while the log is away batches get 503 with Retry-After, and nothing is claimed', async () => {
  await using own = await startProcessing();
  const operator = person();
  const { writeKey } = await createSource(own, operator);
  await own.redis.stop();
  const answer = await send(own, writeKey, [event(), { bad: true }]);
  expect(answer.status).toBe(503);
  expect(answer.body).toMatchObject({ code: 'UNAVAILABLE' });
  expect(answer.headers.get('retry-after')).toMatch(/^\d+$/);
  expect(await deadLetters(own, operator)).toEqual([]);
  own.subgraph.kill('SIGKILL');
});
