import { randomUUID } from 'node:crypto';
import { person } from '@tributary/testkit';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type AnalyticsService, startAnalytics } from './analytics-service.ts';
import {
  createDashboard,
  createDashboardDocument,
  createMetric,
  createMetricDocument,
  metricInput,
} from './documents.ts';

let service: AnalyticsService;
beforeAll(async () => {
  service = await startAnalytics();
});
afterAll(() => service[Symbol.asyncDispose]());

const condition = { field: 'delay', operator: 'GREATER', value: 15 };

test('a metric is as it was asked for', async () => {
  const alice = person();
  const sourceId = randomUUID();
  const id = await createMetric(service.subgraph, alice, {
    name: '  Late flights ',
    sourceId,
    aggregation: 'SHARE',
    condition,
    filters: [
      { field: 'carrier', in: ['AA', 'UA'] },
      { field: 'distance', atLeast: 500, below: null },
    ],
    dimensions: ['origin', 'carrier'],
  });
  const { data } = await service.subgraph.query(
    alice,
    `query ($id: ID!) { metric(id: $id) {
      id name unit source { id } eventType aggregation field condition { field operator value } percentile
      filters { field in notIn atLeast below } dimensions createdAt
    } }`,
    { id },
  );
  expect(data.metric).toEqual({
    id,
    name: 'Late flights',
    unit: '',
    source: { id: sourceId },
    eventType: 'flight.departed',
    aggregation: 'SHARE',
    field: null,
    condition,
    percentile: null,
    filters: [
      { field: 'carrier', in: ['AA', 'UA'], notIn: null, atLeast: null, below: null },
      { field: 'distance', in: null, notIn: null, atLeast: 500, below: null },
    ],
    dimensions: ['origin', 'carrier'],
    createdAt: expect.stringMatching(/^\d{4}-\d\d-\d\dT/),
  });
});

test.each([
  ['a sum without a field', { aggregation: 'SUM' }, 'field'],
  ['an average with an empty field', { aggregation: 'AVERAGE', field: '' }, 'field'],
  ['a count with a field', { field: 'delay' }, 'field'],
  ['a share without a condition', { aggregation: 'SHARE' }, 'condition'],
  ['a maximum with a condition', { aggregation: 'MAXIMUM', field: 'x', condition }, 'condition'],
  ['a percentile without its number', { aggregation: 'PERCENTILE', field: 'x' }, 'percentile'],
  [
    'a percentile above 100',
    { aggregation: 'PERCENTILE', field: 'x', percentile: 101 },
    'percentile',
  ],
  ['a sum with a percentile', { aggregation: 'SUM', field: 'x', percentile: 5 }, 'percentile'],
  ['a filter without a condition', { filters: [{ field: 'x' }] }, 'filters.0'],
  ['a filter with no values', { filters: [{ field: 'x', in: [] }] }, 'filters.0.in'],
  ['too many filters', { filters: Array(11).fill({ field: 'x', below: 1 }) }, 'filters'],
  ['an empty name', { name: ' ' }, 'name'],
  ['a name with a control character', { name: 'a\u0000b' }, 'name'],
  ['a name of 201 characters', { name: 'x'.repeat(201) }, 'name'],
  ['a unit of 21 characters', { unit: 'x'.repeat(21) }, 'unit'],
  ['a source that is no id', { sourceId: 'flights' }, 'sourceId'],
  ['an empty event type', { eventType: '' }, 'eventType'],
  ['four dimensions', { dimensions: ['a', 'b', 'c', 'd'] }, 'dimensions'],
  ['a dimension twice', { dimensions: ['a', 'a'] }, 'dimensions'],
  ['an empty dimension', { dimensions: [''] }, 'dimensions.0'],
])('%s is refused by the input’s path, and nothing is created', async (_, input, field) => {
  const alice = person();
  const { data } = await service.subgraph.query(alice, createMetricDocument, {
    input: metricInput(input),
  });
  expect(data.createMetric.metric).toBeNull();
  expect(data.createMetric.userErrors).toMatchObject([
    { code: 'INVALID_INPUT', field: ['input', ...field.split('.')] },
  ]);
  const { rows } = await service.database.pool.query(
    'SELECT count(*)::int AS count FROM metric WHERE workspace_id = $1',
    [alice.workspace],
  );
  expect(rows).toEqual([{ count: 0 }]);
});

test.each([
  ['a window of 0 minutes', { windowMinutes: 0 }, 'windowMinutes'],
  ['a window beyond a week', { windowMinutes: 10_081 }, 'windowMinutes'],
  ['no rows', { limit: 0 }, 'limit'],
  ['more than 100 rows', { limit: 101 }, 'limit'],
  ['a minimum of 0 events', { minimumCount: 0 }, 'minimumCount'],
  ['an empty title', { title: '' }, 'title'],
  ['groups by no dimension of the metric', { by: ['origin', 'x'] }, 'by.1'],
  ['a filter by none', { where: [{ dimension: 'x', in: ['y'] }] }, 'where.0.dimension'],
  ['a metric that is no id', { metricId: 'delay' }, 'metricId'],
  ['a metric nobody has', { metricId: randomUUID() }, 'metricId'],
])(
  'a widget with %s is refused by the input’s path, and no dashboard is created',
  async (_, input, field) => {
    const alice = person();
    const metricId = await createMetric(service.subgraph, alice, { dimensions: ['origin'] });
    const good = { title: 'All', kind: 'NUMBER', metricId };
    const { data } = await service.subgraph.query(alice, createDashboardDocument, {
      input: { name: 'Flights', widgets: [good, { ...good, ...input }] },
    });
    expect(data.createDashboard.dashboard).toBeNull();
    expect(data.createDashboard.userErrors).toMatchObject([
      { field: ['input', 'widgets', '1', ...field.split('.')] },
    ]);
    const { rows } = await service.database.pool.query(
      'SELECT count(*)::int AS count FROM dashboard WHERE workspace_id = $1',
      [alice.workspace],
    );
    expect(rows).toEqual([{ count: 0 }]);
  },
);

test('a workspace’s lists are read page by page, newest first', async () => {
  const alice = person();
  const ids: string[] = [];
  for (let number = 1; number <= 5; number += 1) {
    const id = await createMetric(service.subgraph, alice, { name: `Metric ${number}` });
    ids.unshift(id);
    await createDashboard(service.subgraph, alice, [{ title: 'x', kind: 'NUMBER', metricId: id }]);
  }
  const seen: Record<string, string[]> = { metrics: [], dashboards: [] };
  for (const list of ['metrics', 'dashboards']) {
    let after: string | null = null;
    do {
      const { data } = await service.subgraph.query(
        alice,
        `query ($representations: [_Any!]!, $after: String) {
          _entities(representations: $representations) { ... on Workspace {
            ${list}(first: 2, after: $after) { edges { node { id } } pageInfo { hasNextPage endCursor } }
          } }
        }`,
        { after, representations: [{ __typename: 'Workspace', id: alice.workspace }] },
      );
      const { edges, pageInfo } = data._entities[0][list];
      seen[list]?.push(...edges.map((edge: { node: { id: string } }) => edge.node.id));
      after = pageInfo.hasNextPage ? pageInfo.endCursor : null;
    } while (after);
  }
  expect(seen.metrics).toEqual(ids);
  expect(seen.dashboards).toHaveLength(5);
  expect(new Set(seen.dashboards).size).toBe(5);
});
