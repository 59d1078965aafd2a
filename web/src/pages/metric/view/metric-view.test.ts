import { expect, test } from 'vitest';
import { boundsOf, type MetricView, readView, stepOf, stepsFor, writeView } from './metric-view.ts';

const plain: MetricView = { range: 'day', step: null, daysBefore: null, by: [], where: [] };
const from = Date.parse('2026-11-20T00:00:00Z');

test.each<MetricView>([
  plain,
  { ...plain, range: 'week', step: 'HOUR', daysBefore: 365 },
  {
    ...plain,
    range: { from, to: from + 60_000 },
    by: ['origin', 'carrier'],
    where: [
      { dimension: 'origin', in: ['New York (JFK)', 'a=b&c'] },
      { dimension: 'in.x', in: ['(none)'] },
    ],
  },
])('what is looked at is in the address, and read back from it', (view) => {
  expect(readView(new URLSearchParams(writeView(view).toString()))).toEqual(view);
});

test.each(['range=decade', 'from=x&to=y', 'from=2026-11-20&to=2026-11-19', 'step=YEAR&before=-1'])(
  'an address that says nothing sensible shows the last day: %s',
  (address) => {
    expect(readView(new URLSearchParams(address))).toEqual(plain);
  },
);

test('the last hour ends with the minute that is running', () => {
  const now = Date.parse('2026-11-21T09:30:40Z');
  expect(boundsOf('hour', now)).toEqual({
    from: Date.parse('2026-11-21T08:31:00Z'),
    to: Date.parse('2026-11-21T09:31:00Z'),
  });
});

test.each([
  ['hour', 'MINUTE', ['MINUTE', 'HOUR', 'DAY']],
  ['day', 'HOUR', ['MINUTE', 'HOUR', 'DAY']],
  ['week', 'HOUR', ['HOUR', 'DAY']],
  ['month', 'DAY', ['HOUR', 'DAY']],
] as const)('the last %s is shown by %s, and could be by others', (range, step, possible) => {
  const bounds = boundsOf(range, from);
  expect(stepOf({ step: null }, bounds)).toBe(step);
  expect(stepsFor(bounds)).toEqual(possible);
});

test('a step that would give too many points is not taken', () => {
  expect(stepOf({ step: 'MINUTE' }, boundsOf('month', from))).toBe('DAY');
});
