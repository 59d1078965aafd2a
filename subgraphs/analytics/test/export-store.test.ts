import { randomUUID } from 'node:crypto';
import { createTestDatabase, type TestDatabase } from '@tributary/testkit';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import type { EventSelection } from '../src/stores/event-selection.ts';
import { createExportStore } from '../src/stores/export-store.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase('analytics');
});
afterAll(() => database[Symbol.asyncDispose]());

const never = new AbortController().signal;
const noon = Date.UTC(2001, 0, 1, 12);

/** Events of one time; `data` is an expression of their number n. */
async function store(count: number, data: string): Promise<EventSelection> {
  const [workspaceId, sourceId] = [randomUUID(), randomUUID()];
  await database.pool.query(
    `INSERT INTO event (workspace_id, source_id, event_id, time, type, data, accepted_at)
     SELECT $1, $2, chr(n % 26 + CASE WHEN n % 2 = 0 THEN 65 ELSE 97 END) || (ARRAY['', 'é', 'e', '🛫', '-'])[n % 5 + 1] || n,
            $3, 'tick', ${data}, now() FROM generate_series(1, $4::int) AS n`,
    [workspaceId, sourceId, new Date(noon).toISOString(), count],
  );
  return { workspaceId, sourceId, types: [], from: noon, to: noon + 1 };
}

describe('pages', () => {
  test('have each event once, of whatever letters the ids of one time are', async () => {
    const selection = await store(5_000, `jsonb_build_object('n', n)`);
    const seen: number[] = [];
    for await (const page of createExportStore(database).pages(selection, never)) {
      seen.push(...page.map(({ data }) => (JSON.parse(data) as { n: number }).n));
    }
    expect(seen).toHaveLength(5_000);
    expect(new Set(seen).size).toBe(5_000);
  });

  test('of large events are not read together with hundreds that have no room on them', async () => {
    const selection = await store(100, `jsonb_build_object('text', repeat('x', 250000), 'n', n)`);
    const query = vi.spyOn(database.pool, 'query');
    let events = 0;
    for await (const page of createExportStore(database).pages(selection, never)) {
      events += page.length;
    }
    const read = query.mock.calls.map(([config]) => rowsOf(config));
    query.mockRestore();
    expect(events).toBe(100);
    expect(Math.min(...read)).toBeGreaterThan(0);
    expect(read.reduce((sum, rows) => sum + rows, 0)).toBeLessThan(500);
  });
});

describe('a survey', () => {
  const data = `jsonb_build_object('n', n) || CASE WHEN n % 2000 = 0 THEN jsonb_build_object('x' || n, 'text') ELSE '{}' END`;

  test('finds fields wherever they are among events of one time', async () => {
    const selection = await store(6_000, data);
    const wanted = { fields: [], mostFields: 500 };
    const kinds = await createExportStore(database).survey(selection, wanted, never);
    expect([...kinds.keys()].toSorted()).toEqual(['n', 'x2000', 'x4000', 'x6000']);
  });

  test('finds the kinds of chosen fields, and of no others', async () => {
    const selection = await store(
      4_500,
      `jsonb_build_object('kind', (ARRAY['1', 'null', '"text"', '[]']::jsonb[])[n % 3 + 1 + n / 4500], 'other', 1, 'nulls', null)`,
    );
    const wanted = { fields: ['kind', 'nulls', '__proto__', 'missing'], mostFields: 500 };
    const kinds = await createExportStore(database).survey(selection, wanted, never);
    expect(Object.keys(Object.fromEntries(kinds))).toEqual(wanted.fields);
    const found = [...(kinds.get('kind') ?? [])].filter((kind) => kind !== 'null');
    expect(found.toSorted()).toEqual(['number', 'string']);
    expect(kinds.get('missing')).toEqual(new Set());
  });

  test('ends soon after its reader has left, however many events have nothing new', async () => {
    const selection = await store(5_000, `'{"same": 1}'`);
    const reader = new AbortController();
    const run = database.pool.query.bind(database.pool);
    let statements = 0;
    const query = vi.spyOn(database.pool, 'query').mockImplementation((...of: unknown[]) => {
      statements += 1;
      if (statements === 3) reader.abort(new Error('left'));
      return (run as (...of: unknown[]) => Promise<never>)(...of);
    });
    const wanted = { fields: [], mostFields: 500 };
    const survey = createExportStore(database).survey(selection, wanted, reader.signal);
    await expect(survey).rejects.toThrow('left');
    query.mockRestore();
    expect(statements).toBeLessThan(5);
  });
});

/** That PostgreSQL is told to read for a page. */
const rowsOf = (statement: unknown): number =>
  Number((statement as { values: readonly unknown[] }).values.at(-1));
