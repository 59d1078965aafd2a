import { expect, test } from 'vitest';
import { sumByDay, sumByOperation, type Usage } from './sum-usage.ts';

const usageOf = (day: string, more: Partial<Usage>): Usage => ({
  ...{ day, operationId: 'sales', requests: 1, errors: 0 },
  ...{ meanMilliseconds: 1, p95Milliseconds: 1 },
  ...more,
});

test('every day is there, those without requests too, and operations of one day add up', () => {
  const usage = [
    usageOf('2026-11-28', { requests: 3, errors: 1 }),
    usageOf('2026-11-28', { operationId: null, requests: 2, errors: 2 }),
    usageOf('2026-11-26', { requests: 7 }),
  ];
  expect(sumByDay(usage, 3, Date.parse('2026-11-28T23:59:00Z'))).toEqual([
    { day: '2026-11-26', requests: 7, errors: 0 },
    { day: '2026-11-27', requests: 0, errors: 0 },
    { day: '2026-11-28', requests: 5, errors: 3 },
  ]);
});

test('an operation’s mean weighs its days by their requests, and its p95 is that of the slowest', () => {
  const usage = [
    usageOf('2026-11-28', { requests: 1, meanMilliseconds: 40, p95Milliseconds: 50 }),
    usageOf('2026-11-27', { requests: 3, meanMilliseconds: 20, p95Milliseconds: 20 }),
    usageOf('2026-11-27', { operationId: 'slow', requests: 9, p95Milliseconds: null }),
  ];
  expect(sumByOperation(usage)).toMatchObject([
    { operationId: 'slow', requests: 9, p95Milliseconds: null },
    { operationId: 'sales', requests: 4, meanMilliseconds: 25, p95Milliseconds: 50 },
  ]);
});
