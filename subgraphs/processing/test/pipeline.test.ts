import { person } from '@tributary/testkit';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import {
  createSource,
  deadLetters,
  event,
  metric,
  type Processing,
  processedOf,
  publishPipeline,
  putLookupTable,
  registerEventType,
  replay,
  send,
  startProcessing,
} from './processing.ts';

let processing: Processing;
beforeAll(async () => {
  processing = await startProcessing();
});
afterAll(() => processing[Symbol.asyncDispose]());

const soon = { timeout: 15_000 };

const airports = {
  name: 'airports',
  keyColumn: 'iata',
  csv: 'iata,city\nSEA,Seattle\nJFK,"New York, NY"\n',
};
const addCity = { kind: 'enrich', table: 'airports', on: 'from', add: { city: 'city' } };
const dropShort = { kind: 'route', drop: { field: 'distance', operator: 'LESS', value: 1 } };

/** The data that came through for these events, by event id. */
async function dataOf(sourceId: string, ids: string[]) {
  return vi.waitFor(
    async () => {
      const records = await processedOf(processing, sourceId);
      const found = new Map(records.map((record) => [record.id, record.data]));
      for (const id of ids) expect(found.has(id)).toBe(true);
      return found;
    },
    { timeout: 10_000 },
  );
}

describe('a published pipeline', () => {
  test('transforms, enriches and drops the events that come after it', async () => {
    const operator = person();
    const { id, writeKey } = await createSource(processing, operator);
    await send(processing, writeKey, event({ id: 'before', data: { origin: 'SEA', distance: 0 } }));
    expect((await dataOf(id, ['before'])).get('before')).toEqual({ origin: 'SEA', distance: 0 });

    await putLookupTable(processing, operator, airports);
    const rename = {
      kind: 'transform',
      rename: { origin: 'from' },
      set: { unit: 'km' },
      drop: ['secret'],
    };
    const first = await publishPipeline(processing, operator, id, [rename, addCity, dropShort]);
    expect(first).toMatchObject({ pipeline: { version: 1 }, userErrors: [] });
    await send(processing, writeKey, [
      event({ id: 'known', data: { origin: 'JFK', distance: 9, secret: 1 } }),
      event({ id: 'short', data: { origin: 'JFK', distance: 0 } }),
      event({ id: 'unknown', data: { origin: 'XXX', distance: 9 } }),
    ]);
    const after = await dataOf(id, ['known', 'unknown']);
    expect(after.get('known')).toEqual({
      from: 'JFK',
      distance: 9,
      unit: 'km',
      city: 'New York, NY',
    });
    expect(after.get('unknown')).toEqual({ from: 'XXX', distance: 9, unit: 'km', city: null });
    expect(after.has('short')).toBe(false);

    expect(await publishPipeline(processing, operator, id, [])).toMatchObject({
      pipeline: { version: 2 },
    });
    await send(processing, writeKey, event({ id: 'plain', data: { origin: 'SEA' } }));
    expect((await dataOf(id, ['plain'])).get('plain')).toEqual({ origin: 'SEA' });
  });

  test('looks up the rows that a table has now', async () => {
    const operator = person();
    const { id, writeKey } = await createSource(processing, operator);
    await putLookupTable(processing, operator, airports);
    await publishPipeline(processing, operator, id, [{ ...addCity, on: 'origin' }]);
    await putLookupTable(processing, operator, {
      ...airports,
      csv: 'iata,city\nSEA,Emerald City\n',
    });
    await send(processing, writeKey, event({ id: 'e', data: { origin: 'SEA' } }));
    expect((await dataOf(id, ['e'])).get('e')).toEqual({ origin: 'SEA', city: 'Emerald City' });
  });

  test('is in force within two seconds in another process', async () => {
    const operator = person();
    const { id, writeKey } = await createSource(processing, operator);
    await send(processing, writeKey, event({ id: 'warm' }));
    await dataOf(id, ['warm']);
    // What another process would write.
    await processing.database.pool.query(
      `INSERT INTO pipeline (id, workspace_id, source_id, version, stages)
       VALUES (gen_random_uuid(), $1, $2, 1, '[{"kind":"transform","rename":{},"set":{"seen":true},"drop":[]}]')`,
      [operator.workspace, id],
    );
    const published = Date.now();
    await vi.waitFor(
      async () => {
        const probe = crypto.randomUUID();
        await send(processing, writeKey, event({ id: probe, data: {} }));
        expect((await dataOf(id, [probe])).get(probe)).toEqual({ seen: true });
      },
      { timeout: 5_000, interval: 100 },
    );
    expect(Date.now() - published).toBeLessThan(2_000);
  });
});

describe('a record that fails in the pipeline', () => {
  const letterOf = (operator: ReturnType<typeof person>) =>
    vi.waitFor(async () => {
      const letters = await deadLetters(processing, operator);
      expect(letters).toHaveLength(1);
      return letters[0];
    }, soon);

  test('becomes one dead letter with its cause, and the rest goes on', async () => {
    const operator = person();
    const { id, writeKey } = await createSource(processing, operator);
    await publishPipeline(processing, operator, id, [dropShort]);
    const bad = event({ id: 'bad', data: { distance: 'far' } });
    await send(processing, writeKey, [event({ id: 'a' }), bad, event({ id: 'b' })]);
    await dataOf(id, ['a', 'b']);
    const letter = await letterOf(operator);
    expect(letter).toMatchObject({
      stage: 'ROUTE',
      field: 'data.distance',
      reason: 'expected a number to compare with 1, got "far"',
      attempts: 1,
      status: 'OPEN',
      source: { id },
    });
    expect(JSON.parse(letter.original)).toEqual(bad);
  });

  test('keeps its whole text, however long: it was acknowledged', async () => {
    const operator = person();
    const { id, writeKey } = await createSource(processing, operator);
    await publishPipeline(processing, operator, id, [dropShort]);
    const text = 'x'.repeat(200_000);
    await send(processing, writeKey, event({ data: { distance: 'far', text } }));
    expect(JSON.parse((await letterOf(operator)).original).data.text).toBe(text);
  });

  test('that is no event at all is passed over, told and counted', async () => {
    const { id, writeKey } = await createSource(processing, person());
    for (let partition = 0; partition < 10; partition += 1) {
      await processing.appendReceived(partition, [{ no: 'event' }, null]);
    }
    await send(processing, writeKey, event({ id: 'after' }));
    await dataOf(id, ['after']);
    await expect.poll(() => metric(processing, 'log_records_invalid_total'), soon).toBe(20);
  });

  test('that is sent twice is one dead letter', async () => {
    const operator = person();
    const { id, writeKey } = await createSource(processing, operator);
    await publishPipeline(processing, operator, id, [dropShort]);
    const bad = event({ data: { distance: 'far' } });
    await send(processing, writeKey, [bad, bad]);
    await send(processing, writeKey, [bad, event({ id: 'last' })]);
    await dataOf(id, ['last']);
    await letterOf(operator);
  });
});

test('the metrics count what was accepted, rejected, processed, dropped and dead-lettered', async () => {
  const names = ['accepted', 'rejected', 'processed', 'dropped', 'dead_lettered'];
  const counts = () => Promise.all(names.map((name) => metric(processing, `events_${name}_total`)));
  const operator = person();
  const { id, writeKey } = await createSource(processing, operator);
  await publishPipeline(processing, operator, id, [dropShort]);
  const before = await counts();
  const distances = [5, 6, 7, 0, -1, 'far'];
  const events = distances.map((distance) => event({ data: { distance } }));
  await send(processing, writeKey, [...events, 'no event']);
  await vi.waitFor(async () => {
    const after = await counts();
    expect(after.map((count, index) => count - (before[index] ?? 0))).toEqual([6, 1, 3, 2, 1]);
  }, soon);
});

describe('replaying a dead letter', () => {
  async function refusedEvent() {
    const operator = person();
    const { id, writeKey } = await createSource(processing, operator);
    await registerEventType(processing, operator, {
      type: 'object',
      properties: { delay: { type: 'number' } },
    });
    const original = event({ id: 'late', time: undefined, data: { delay: 'late' } });
    await send(processing, writeKey, original);
    const [letter] = await deadLetters(processing, operator);
    return { operator, sourceId: id, original, letter };
  }
  const stateOf = async (operator: ReturnType<typeof person>) =>
    (await deadLetters(processing, operator))[0];

  test('with the edit that was needed brings it through and resolves it', async () => {
    const { operator, sourceId, original, letter } = await refusedEvent();
    const edited = { ...original, data: { delay: 12 } };
    const answer = await replay(processing, operator, { id: letter.id, event: edited });
    expect(answer.userErrors).toEqual([]);
    expect(['REPLAYING', 'RESOLVED']).toContain(answer.deadLetter.status);
    const came = await dataOf(sourceId, ['late']);
    expect(came.get('late')).toEqual({ delay: 12 });
    const resolved = { status: 'RESOLVED', attempts: 1 };
    await expect.poll(() => stateOf(operator), soon).toMatchObject(resolved);
    const [record] = await processedOf(processing, sourceId);
    expect(record?.time).toBe(new Date(letter.firstFailedAt).toISOString());
    expect(record).not.toHaveProperty('deadletterid');
    const again = await replay(processing, operator, { id: letter.id });
    expect(again.userErrors).toMatchObject([{ code: 'CONFLICT', field: ['input', 'id'] }]);
  });

  test('as it was works once the schema allows it', async () => {
    const { operator, sourceId, letter } = await refusedEvent();
    await registerEventType(processing, operator, { type: 'object' });
    await replay(processing, operator, { id: letter.id });
    expect((await dataOf(sourceId, ['late'])).get('late')).toEqual({ delay: 'late' });
  });

  test('that is still bad says what is, counts the attempt and goes nowhere', async () => {
    const { operator, sourceId, original, letter } = await refusedEvent();
    const edited = { ...original, data: { delay: true } };
    const answer = await replay(processing, operator, { id: letter.id, event: edited });
    expect(answer).toEqual({
      deadLetter: null,
      userErrors: [
        {
          code: 'INVALID_INPUT',
          message: 'data.delay: must be number, got true.',
          field: ['input', 'event', 'data', 'delay'],
        },
      ],
    });
    expect(await stateOf(operator)).toMatchObject({
      status: 'OPEN',
      attempts: 2,
      reason: 'must be number, got true',
    });
    expect(await processedOf(processing, sourceId)).toEqual([]);
  });

  test('that fails in the pipeline opens it again with the new cause', async () => {
    const { operator, sourceId, original, letter } = await refusedEvent();
    await publishPipeline(processing, operator, sourceId, [dropShort]);
    const edited = { ...original, data: { distance: 'far' } };
    await replay(processing, operator, { id: letter.id, event: edited });
    const opened = { status: 'OPEN', stage: 'ROUTE', field: 'data.distance', attempts: 2 };
    await expect.poll(() => stateOf(operator), soon).toMatchObject(opened);
    expect(await deadLetters(processing, operator)).toHaveLength(1);
  });

  test('of a record that was no JSON needs an edit', async () => {
    const operator = person();
    const { writeKey } = await createSource(processing, operator);
    await send(processing, writeKey, '{"cut', { type: 'application/x-ndjson' });
    const [letter] = await deadLetters(processing, operator);
    const answer = await replay(processing, operator, { id: letter.id });
    expect(answer.userErrors).toMatchObject([{ code: 'INVALID_INPUT', field: ['input', 'event'] }]);
  });

  test('twice at once sends it once', async () => {
    const { operator, original, letter } = await refusedEvent();
    const input = { id: letter.id, event: { ...original, data: {} } };
    const answers = await Promise.all([1, 2, 3].map(() => replay(processing, operator, input)));
    expect(answers.filter(({ userErrors }) => userErrors.length === 0)).toHaveLength(1);
    const conflicts = answers.flatMap(({ userErrors }) => userErrors);
    expect(conflicts.map(({ code }: { code: string }) => code)).toEqual(['CONFLICT', 'CONFLICT']);
  });
});
