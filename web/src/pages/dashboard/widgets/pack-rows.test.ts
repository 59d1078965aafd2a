import { expect, test } from 'vitest';
import { mediumLeastSpans, packRows, wideLeastSpans } from './pack-rows.ts';

test('charts share a row when they fit', () => {
  expect(packRows(['TIME_SERIES', 'TIME_SERIES'], wideLeastSpans)).toEqual([6, 6]);
  expect(packRows(['TIME_SERIES', 'BAR', 'TABLE'], wideLeastSpans)).toEqual([7, 5, 12]);
});

test('a figure stays small beside a chart, and figures alone share their row', () => {
  expect(packRows(['BAR', 'NUMBER'], wideLeastSpans)).toEqual([9, 3]);
  expect(packRows(['BAR', 'NUMBER'], mediumLeastSpans)).toEqual([8, 4]);
  expect(packRows(['NUMBER', 'NUMBER', 'NUMBER', 'BAR'], wideLeastSpans)).toEqual([4, 4, 4, 12]);
});

test('every row is full, however the widgets are ordered', () => {
  const kinds = [
    'NUMBER',
    'TIME_SERIES',
    'BAR',
    'NUMBER',
    'NUMBER',
    'TABLE',
    'BAR',
    'BAR',
  ] as const;
  for (let shift = 0; shift < kinds.length; shift += 1) {
    const rotated = [...kinds.slice(shift), ...kinds.slice(0, shift)];
    expect(rowsOf(packRows(rotated, wideLeastSpans)), `from ${shift}`).not.toContain('hole');
  }
});

test('an empty dashboard has no rows', () => {
  expect(packRows([], wideLeastSpans)).toEqual([]);
});

/** Fills rows as CSS grid does, and says `full` or `hole` for each. */
function rowsOf(spans: readonly number[]): string[] {
  const rows: string[] = [];
  let used = 0;
  for (const span of spans) {
    if (used + span > 12) rows.push('hole');
    used = used + span > 12 ? span : used + span;
    if (used === 12) {
      rows.push('full');
      used = 0;
    }
  }
  return used === 0 ? rows : [...rows, 'hole'];
}
