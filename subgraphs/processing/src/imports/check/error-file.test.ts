import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openErrorFile } from './error-file.ts';

let directory: string;
beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'tributary-errors-'));
});
afterAll(() => rm(directory, { recursive: true }));

const rejected = (row: number) => ({
  row,
  column: null,
  field: null,
  reason: 'expected a JSON object, got 1',
  hint: 'Correct the row in the file.',
  original: '1',
});

test('a process that has lost its import takes nothing from what the next one has written', async () => {
  const path = join(directory, 'rejected.ndjson');
  await using lost = await openErrorFile(path);
  await using next = await openErrorFile(path);
  const kept = await next.append(0, [rejected(1)]);
  await next.append(kept, [rejected(2)]);
  await lost.append(0, [rejected(1)]);
  const lines = (await readFile(path, 'utf8')).trimEnd().split('\n');
  expect(lines.map((line) => JSON.parse(line))).toEqual([rejected(1), rejected(2)]);
});
