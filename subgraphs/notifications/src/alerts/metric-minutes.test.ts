import { randomUUID } from 'node:crypto';
import type { MetricUpdated } from '@tributary/events';
import { expect, test } from 'vitest';
import { toMetricMinutes } from './metric-minutes.ts';

const now = new Date('2026-11-21T09:30:20Z');
const metricId = randomUUID();

function update(bucket: string, sum: number): MetricUpdated {
  return {
    specversion: '1.0',
    id: randomUUID(),
    source: '/analytics',
    type: 'tributary.metric.updated',
    time: now.toISOString(),
    workspace: randomUUID(),
    data: {
      metricId,
      aggregation: 'SUM',
      unit: 'min',
      minutes: [{ bucket, count: 1, sum, min: sum, max: sum }],
    },
  };
}

test('the last word on a minute stands, however its instant is written', () => {
  const updates = [update('2026-11-21T09:30:00Z', 1), update('2026-11-21T10:30:00+01:00', 2)];
  expect(toMetricMinutes(updates, now)).toMatchObject([{ metricId, sum: 2, unit: 'min' }]);
});

test('minutes that no rule can look at any more are left out', () => {
  const updates = [update('2026-11-20T08:30:00Z', 1), update('2026-11-20T08:31:00Z', 2)];
  expect(toMetricMinutes(updates, now).map(({ sum }) => sum)).toEqual([2]);
});
