import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { person } from '@tributary/testkit';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { preview } from './previews.ts';
import {
  createSource,
  deadLetters,
  event,
  type Processing,
  processedOf,
  publishPipeline,
  send,
  startProcessing,
} from './processing.ts';

/** A server whose answers depend on the key that is asked for. */
function startRates() {
  const asked: string[] = [];
  const state = { isAway: false };
  const server = createServer((request, response) => {
    const key = new URL(request.url ?? '/', 'http://rates').searchParams.get('of') ?? '';
    asked.push(key);
    if (state.isAway || key === 'broken') response.writeHead(500).end();
    else if (key === 'unknown') response.writeHead(404).end('{}');
    else if (key === 'elsewhere') response.writeHead(302, { location: '/' }).end();
    else if (key === 'text') response.end('no JSON');
    else if (key === 'large') response.end(JSON.stringify({ rate: 'x'.repeat(100_000) }));
    else response.end(JSON.stringify({ rate: { value: key.length } }));
  });
  return new Promise<{
    url: string;
    host: string;
    asked: string[];
    state: typeof state;
    close: () => void;
  }>((resolve) => {
    server.listen(0, '127.0.0.1', () => {
      const host = `127.0.0.1:${(server.address() as AddressInfo).port}`;
      const close = () => server.close();
      resolve({ url: `http://${host}/rates?of={key}`, host, asked, state, close });
    });
  });
}

type Rates = Awaited<ReturnType<typeof startRates>>;
let rates: Rates;
let unreliable: Rates;
let processing: Processing;
beforeAll(async () => {
  [rates, unreliable] = await Promise.all([startRates(), startRates()]);
  processing = await startProcessing({
    HTTP_STAGE_HOSTS: `${rates.host}, ${unreliable.host}`,
    RETRY_MILLISECONDS: '500',
    ERROR_WATCH_MILLISECONDS: '200',
  });
});
afterAll(async () => {
  await processing[Symbol.asyncDispose]();
  rates.close();
  unreliable.close();
});

async function sourceWith(operator: ReturnType<typeof person>, stages: unknown[]) {
  const source = await createSource(processing, operator, crypto.randomUUID());
  const { userErrors } = await publishPipeline(processing, operator, source.id, stages);
  expect(userErrors).toEqual([]);
  return source;
}

/** The data that came through, once so many events have. */
async function arrived(sourceId: string, count: number) {
  return vi.waitFor(async () => {
    const records = await processedOf(processing, sourceId);
    expect(records).toHaveLength(count);
    return new Map(records.map(({ id, data }) => [id, data]));
  }, 20_000);
}

const askRate = (more: object = {}) => ({
  kind: 'http',
  url: rates.url,
  on: 'currency',
  add: { rate: 'rate.value' },
  ...more,
});

describe('a mask', () => {
  test('leaves nothing to read, and equal values equal within a source', async () => {
    const operator = person();
    const stages = [
      {
        kind: 'mask',
        fields: { email: 'HASH', card: 'LAST_FOUR', pin: 'LAST_FOUR', name: 'REDACT' },
      },
    ];
    const [first, second] = [
      await sourceWith(operator, stages),
      await sourceWith(operator, stages),
    ];
    const data = { email: 'ada@example.com', card: '4111111111111111', pin: 1234, name: null };
    await send(processing, first.writeKey, [event({ id: 'a', data }), event({ id: 'b', data })]);
    await send(processing, second.writeKey, event({ id: 'c', data }));
    const own = await arrived(first.id, 2);
    const other = await arrived(second.id, 1);
    expect(own.get('a')).toEqual({
      email: expect.stringMatching(/^[0-9a-f]{32}$/),
      card: '••••1111',
      pin: '••••',
      name: null,
    });
    expect(own.get('b')).toEqual(own.get('a'));
    expect(other.get('c')?.email).not.toBe(own.get('a')?.email);
  });
});

describe('an HTTP stage', () => {
  test('asks each key once for a batch, and later ones from memory', async () => {
    const { id, writeKey } = await sourceWith(person(), [askRate()]);
    const currencies = ['EUR', 'NOK ', '../x', 'EUR', 'unknown'];
    const events = currencies.map((currency, index) =>
      event({ id: `${index}`, data: { currency } }),
    );
    await send(processing, writeKey, [...events, event({ id: 'none', data: {} })]);
    const before = await arrived(id, 6);
    expect(currencies.map((_, index) => before.get(`${index}`)?.rate)).toEqual([3, 4, 4, 3, null]);
    expect(before.get('none')).toEqual({ rate: null });
    await send(processing, writeKey, event({ data: { currency: 'EUR' } }));
    await arrived(id, 7);
    expect(rates.asked.filter((key) => key === 'EUR')).toHaveLength(1);
    expect(rates.asked.filter((key) => key === '../x')).toHaveLength(1);
  });

  test.each(['broken', 'text', 'large', 'elsewhere'])(
    'that gets no good answer (%s) fails the event or gives null, as it says',
    async (currency) => {
      const operator = person();
      const failing = await sourceWith(operator, [askRate()]);
      const lenient = await sourceWith(operator, [askRate({ otherwise: 'NULL' })]);
      await send(processing, failing.writeKey, event({ data: { currency } }));
      await send(processing, lenient.writeKey, event({ id: 'null', data: { currency } }));
      expect((await arrived(lenient.id, 1)).get('null')).toEqual({ currency, rate: null });
      await vi.waitFor(
        async () => {
          expect(await deadLetters(processing, operator)).toMatchObject([
            { stage: 'ENRICH', field: 'data.currency', source: { id: failing.id } },
          ]);
        },
        { timeout: 15_000 },
      );
    },
  );

  test('is not published for a host that the operator does not name', async () => {
    const operator = person();
    const { id } = await createSource(processing, operator);
    const stages = [askRate({ url: 'http://169.254.169.254/{key}' })];
    expect(await publishPipeline(processing, operator, id, stages)).toMatchObject({
      pipeline: null,
      userErrors: [{ field: ['input', 'stages', '0', 'url'] }],
    });
    for (const url of ['http://{key}/', 'ftp://a/{key}', 'http://u:p@a/{key}', 'http://a/', 'x']) {
      const { userErrors } = await publishPipeline(processing, operator, id, [askRate({ url })]);
      expect(userErrors).toMatchObject([{ field: ['input', 'stages', '0', 'url'] }]);
    }
  });

  test('whose server was away lets the event through by itself when it is back', async () => {
    const operator = person();
    const { id, writeKey } = await sourceWith(operator, [
      askRate({ url: unreliable.url, cacheSeconds: 0 }),
    ]);
    unreliable.state.isAway = true;
    await send(processing, writeKey, event({ id: 'later', data: { currency: 'SEK' } }));
    await vi.waitFor(async () => {
      const [letter] = await deadLetters(processing, operator);
      expect(letter).toMatchObject({
        stage: 'ENRICH',
        reason: expect.stringContaining('no answer'),
      });
    }, 10_000);
    unreliable.state.isAway = false;
    expect((await arrived(id, 1)).get('later')).toEqual({ currency: 'SEK', rate: 3 });
    await vi.waitFor(
      async () => {
        expect(await deadLetters(processing, operator)).toMatchObject([{ status: 'RESOLVED' }]);
      },
      { timeout: 15_000 },
    );
  });
});

describe('a stage that would take for ever', () => {
  const forEver = { kind: 'derive', fields: { x: 'data.l.all(a, data.l.all(b, a == b))' } };

  test('is ended, and its event a dead letter that says where; the others go on', async () => {
    const operator = person();
    const { id, writeKey } = await sourceWith(operator, [forEver]);
    const l = Array.from({ length: 20_000 }, () => 1);
    await send(processing, writeKey, [
      event({ id: 'first', subject: 'same', data: { l: [1] } }),
      event({ id: 'long', subject: 'same', data: { l } }),
      event({ id: 'last', subject: 'same', data: { l: [1, 2] } }),
    ]);
    const through = await arrived(id, 2);
    expect(through.get('first')).toEqual({ l: [1], x: true });
    expect(through.get('last')).toEqual({ l: [1, 2], x: false });
    await vi.waitFor(
      async () => {
        const [letter] = await deadLetters(processing, operator);
        expect(letter).toMatchObject({
          stage: 'TRANSFORM',
          reason: 'took longer than 100 ms and was ended',
          original: expect.stringContaining('"id":"long"'),
        });
      },
      { timeout: 15_000 },
    );
  });

  test('in previews does not suspend what is published', async () => {
    const operator = person();
    const { id, writeKey } = await sourceWith(operator, [forEver]);
    const l = Array.from({ length: 20_000 }, () => 1);
    const events = Array.from({ length: 4 }, () => event({ data: { l } }));
    const { events: previews } = await preview(processing, operator, { sourceId: id, events });
    expect(previews).toHaveLength(4);
    await send(processing, writeKey, event({ id: 'real', data: { l: [1] } }));
    expect((await arrived(id, 1)).get('real')).toEqual({ l: [1], x: true });
  });

  test('is suspended when it does so again and again, and other sources do not wait for it', async () => {
    const operator = person();
    const slow = await sourceWith(operator, [forEver]);
    const quick = await sourceWith(operator, []);
    const l = Array.from({ length: 20_000 }, () => 1);
    const many = Array.from({ length: 60 }, () => event({ data: { l } }));
    await send(processing, slow.writeKey, many.map((one) => JSON.stringify(one)).join('\n'), {
      type: 'application/x-ndjson',
    });
    await send(processing, quick.writeKey, event());
    await arrived(quick.id, 1);
    await vi.waitFor(async () => {
      const reasons = (await deadLetters(processing, operator)).map(
        ({ reason }: { reason: string }) => reason,
      );
      expect(reasons).toHaveLength(60);
      expect(reasons).toContain(
        'was not tried: its pipeline took too much time and rests for a minute',
      );
    }, 20_000);
  });
});
