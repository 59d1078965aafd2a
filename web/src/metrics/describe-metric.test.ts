import { expect, test } from 'vitest';
import { type CountedMetric, describeMetric, suggestName } from './describe-metric.ts';

const flights: CountedMetric = {
  aggregation: 'COUNT',
  eventType: 'flight.departed',
  source: { name: 'Flights' },
  filters: [],
  dimensions: [],
};

test.each<[Partial<CountedMetric>, string]>([
  [{}, 'Number of flight.departed events of Flights'],
  [
    { aggregation: 'PERCENTILE', percentile: 95, field: 'delay', dimensions: ['origin'] },
    '95th percentile of delay, flight.departed events of Flights, by origin',
  ],
  [
    { aggregation: 'PERCENTILE', percentile: 99.9, field: 'delay' },
    '99.9th percentile of delay, flight.departed events of Flights',
  ],
  [
    { aggregation: 'SHARE', condition: { field: 'delay', operator: 'GREATER', value: 15 } },
    'Share with delay above 15, flight.departed events of Flights',
  ],
  [
    { aggregation: 'MAXIMUM', field: 'delay', source: null },
    'Highest delay, flight.departed events of a source that is gone',
  ],
  [
    {
      filters: [
        { field: 'carrier', in: ['AA', 'UA'], notIn: null },
        { field: 'distance', atLeast: 0, below: 500 },
      ],
      dimensions: ['origin', 'carrier'],
    },
    'Number of flight.departed events of Flights, where carrier is AA or UA and distance is at least 0 and is below 500, by origin and carrier',
  ],
])('what a metric counts is said in words: %j', (part, words) => {
  expect(describeMetric({ ...flights, ...part })).toBe(words);
});

test('long lists of values are cut short', () => {
  const filters = [{ field: 'origin', notIn: ['A', 'B', 'C', 'D', 'E', 'F'] }];
  expect(describeMetric({ ...flights, filters })).toContain('is not A, B, C, D or 2 more');
});

test('a name is proposed from what is counted', () => {
  const delay = { ...flights, aggregation: 'AVERAGE', field: 'delay' } as const;
  expect(suggestName({ ...delay, dimensions: ['origin'] })).toBe('Average of delay by origin');
});
