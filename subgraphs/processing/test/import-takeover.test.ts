import { person, startSubgraph } from '@tributary/testkit';
import { expect, test, vi } from 'vitest';
import { changeImport, importEnd, readImport, rejectedRows, upload } from './importing.ts';
import { createSource, processedOf, startProcessing } from './processing.ts';

const rows = 40_000;
const isBroken = (row: number) => row % 4_999 === 0;
const isRepeated = (row: number) => row % 1_000 === 7;

/** Some rows are broken, some repeat the one before letter by letter. */
function file(): string {
  const lines = ['id,at,n'];
  for (let row = 1; row <= rows; row += 1) {
    const number = isRepeated(row) ? row - 1 : row;
    lines.push(`r${number},${isBroken(row) ? 'never' : '2001-01-01T00:00:00Z'},${number}`);
  }
  return lines.join('\n');
}

test('an import whose process is killed goes on in another, and every row counts exactly once', async () => {
  await using processing = await startProcessing();
  const { database, redis, imports } = processing;
  const environment = { IMPORT_DIRECTORY: imports };
  const operator = person();
  const source = await createSource(processing, operator);
  const { body } = await upload(processing, operator, file(), { source: source.id });
  const { id } = body;
  const field = { column: 'n', name: 'n', type: 'INTEGER' };
  const mapping = {
    layout: 'COLUMNS',
    eventType: 'counted',
    timeColumn: 'at',
    idColumn: 'id',
    fields: [field],
  };
  await changeImport(processing, operator, 'startImport', { id, mapping });
  await vi.waitFor(
    async () =>
      expect((await readImport(processing, operator, id)).rowsRead).toBeGreaterThan(5_000),
    { timeout: 30_000, interval: 10 },
  );
  processing.subgraph.kill('SIGKILL');
  const { rows: before } = await database.pool.query(
    'SELECT state, rows_read::int AS read FROM import',
  );
  expect(before[0].state).toBe('RUNNING');
  expect(before[0].read).toBeLessThan(rows);
  await using second = await startSubgraph('processing', { database, redis, environment });
  const heir = { subgraph: second };
  const done = await importEnd(heir, operator, id);

  const broken = Array.from({ length: rows }, (_, index) => index + 1).filter(isBroken);
  const repeated = Array.from({ length: rows }, (_, index) => index + 1).filter(
    (row) => isRepeated(row) && !isBroken(row) && !isBroken(row - 1),
  );
  expect(done).toMatchObject({
    state: 'DONE',
    rowsRead: rows,
    accepted: rows - broken.length - repeated.length,
    duplicates: repeated.length,
    rejected: broken.length,
  });
  const { text } = await rejectedRows(heir, operator, id);
  const told = text
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line).row);
  expect(told).toEqual(broken);
  await vi.waitFor(
    async () => {
      const through = new Set(
        (await processedOf(processing, source.id)).map((record) => record.id),
      );
      expect(through.size).toBe(done.accepted);
    },
    { timeout: 60_000, interval: 500 },
  );
}, 180_000);
