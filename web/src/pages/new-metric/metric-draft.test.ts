import { expect, test } from 'vitest';
import { emptyDraft, type MetricDraft, toMetricInput } from './metric-draft.ts';

const draft: MetricDraft = { ...emptyDraft, sourceId: 's', eventType: 'flight.departed' };
const sent = { unit: '', sourceId: 's', eventType: 'flight.departed', filters: [], dimensions: [] };

test('a metric without a name is called by what it counts', () => {
  const count = toMetricInput({ ...draft, dimensions: ['origin'] });
  expect(count.name).toBe('Number of events by origin');
});

test.each<[Partial<MetricDraft>, object]>([
  [{ aggregation: 'COUNT' }, {}],
  [{ aggregation: 'DISTINCT' }, { field: 'tail' }],
  [
    { aggregation: 'PERCENTILE', percentile: '99.5' },
    { field: 'tail', percentile: 99.5 },
  ],
  [{ aggregation: 'SHARE' }, { condition: { field: 'delay', operator: 'GREATER', value: 15 } }],
])('only what the aggregation takes is sent: %j', (part, parts) => {
  const filled = { field: 'tail', conditionField: 'delay', conditionValue: '15', name: 'x' };
  const aggregation = part.aggregation;
  expect(toMetricInput({ ...draft, ...filled, ...part })).toEqual({
    ...sent,
    name: 'x',
    aggregation,
    ...parts,
  });
});

test('a filter is sent with the one condition that is chosen', () => {
  const filter = { field: 'delay', values: ['AA'], limit: '3' };
  const filters = (['in', 'atLeast'] as const).map((chosen) => ({ ...filter, test: chosen }));
  expect(toMetricInput({ ...draft, filters }).filters).toEqual([
    { field: 'delay', in: ['AA'] },
    { field: 'delay', atLeast: 3 },
  ]);
});
