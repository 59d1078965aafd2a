/** What the stores hold of a source's events, to be balanced against what was acknowledged. */
import type pg from 'pg';
import type { ImportReport } from './importer.ts';
import { fateOf } from './numbered-events.ts';

export interface Books {
  /** Event ids in the order of the table; one stands twice if it was stored twice. */
  stored: number[];
  deadInPipeline: number[];
  refusedAtDoor: number[];
  /** What each counts, by its name: of every step the totals, and the groups added up. */
  counts: Record<string, number>;
}

export async function readBooks(
  databases: { analytics: pg.Pool; processing: pg.Pool },
  sourceId: string,
): Promise<Books> {
  const ids = async (pool: pg.Pool, sql: string) =>
    (await pool.query<{ id: string }>(sql, [sourceId])).rows.map(({ id }) => Number(id));
  const dead = (stage: string) =>
    ids(
      databases.processing,
      `SELECT original::jsonb->>'id' AS id FROM dead_letter WHERE source_id = $1 AND stage = '${stage}'`,
    );
  const ofRollup = (table: string) =>
    `SELECT '${table}' || CASE breakdown WHEN 0 THEN ' in all' ELSE ' by group' END AS name, sum(count)::int AS count
     FROM ${table} JOIN metric ON id = metric_id WHERE source_id = $1 GROUP BY metric_id, breakdown`;
  const { rows } = await databases.analytics.query<{ name: string; count: number }>(
    `${['rollup_minute', 'rollup_hour', 'rollup_day'].map(ofRollup).join(' UNION ALL ')}
     UNION ALL SELECT 'source_activity', coalesce(sum(count), 0)::int FROM source_activity WHERE source_id = $1`,
    [sourceId],
  );
  return {
    stored: await ids(databases.analytics, 'SELECT event_id AS id FROM event WHERE source_id = $1'),
    deadInPipeline: await dead('ROUTE'),
    refusedAtDoor: await dead('ACCEPT'),
    counts: Object.fromEntries(rows.map(({ name, count }) => [name, count])),
  };
}

/** Three rollups, each with totals and groups, and the source's activity. */
const countersOfOneMetric = 7;

/** What was answered to whoever sent the events. */
export interface Answers {
  acknowledged: readonly number[];
  refused: readonly number[];
  imports: readonly ImportReport[];
}

/** Sentences about what does not add up; none when all does. */
export function imbalances(books: Books, { acknowledged, refused, imports }: Answers): string[] {
  const taken = [...acknowledged, ...imports.flatMap(({ numbers }) => numbers)];
  const wanted = taken.filter((number) => fateOf(number) === 'stored');
  const failing = taken.filter((number) => fateOf(number) === 'fails in the pipeline');
  const { stored, deadInPipeline, refusedAtDoor, counts } = books;
  const counters = Object.entries(counts).map(([name, count]) =>
    count === stored.length ? '' : `${name} counts ${count}, the table ${stored.length}`,
  );
  return [
    difference('acknowledged but not stored', wanted, stored),
    difference('acknowledged, failing and no dead letter', failing, deadInPipeline),
    difference('refused and no dead letter', refused, refusedAtDoor),
    repeated('stored more than once', stored),
    repeated('a dead letter more than once', deadInPipeline),
    counters.length === countersOfOneMetric ? '' : `${counters.length} counters are there`,
    ...counters,
    ...imports.flatMap(imbalancesOfImport),
  ].filter((sentence) => sentence !== '');
}

/** Its counts are those of one that nobody disturbed, and its file holds what was refused, once. */
function imbalancesOfImport(report: ImportReport): string[] {
  const { numbers, inFile, state, reason, rowsRead, accepted, duplicates, rejected } = report;
  const refused = numbers.filter((number) => fateOf(number) === 'refused at the door');
  const expected = [numbers.length, numbers.length - refused.length, 0, refused.length];
  const counted = [rowsRead, accepted, duplicates, rejected];
  return [
    state === 'DONE' ? '' : `an import is ${state}: ${reason}`,
    String(counted) === String(expected) ? '' : `an import counts ${counted}, not ${expected}`,
    difference('refused rows not in their file', refused, inFile),
    difference('rows in the file that were not refused', inFile, refused),
    repeated('in the file more than once', inFile),
  ];
}

function difference(what: string, expected: readonly number[], found: readonly number[]): string {
  const known = new Set(found);
  return sentence(
    what,
    expected.filter((number) => !known.has(number)),
  );
}

function repeated(what: string, numbers: readonly number[]): string {
  const seen = new Set<number>();
  return sentence(
    what,
    numbers.filter((number) => seen.size === seen.add(number).size),
  );
}

function sentence(what: string, numbers: readonly number[]): string {
  return numbers.length === 0 ? '' : `${numbers.length} ${what}, e.g. ${numbers.slice(0, 5)}`;
}
