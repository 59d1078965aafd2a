import { randomUUID } from 'node:crypto';
import { person } from '@tributary/testkit';
import { expect, test, vi } from 'vitest';
import { type AnalyticsService, patience, startAnalytics } from './analytics-service.ts';
import { askEntities, createDashboard, createMetric } from './documents.ts';
import { processedEvent } from './processed-event.ts';

/** The relay's looks at the outbox count too, so the quietest of several measurements is taken. */
async function countStatements(service: AnalyticsService, work: () => Promise<unknown>) {
  let least = Number.POSITIVE_INFINITY;
  for (let measurement = 0; measurement < 10; measurement += 1) {
    const before = await service.counter('sql_statements_total');
    await work();
    least = Math.min(least, (await service.counter('sql_statements_total')) - before);
  }
  return least;
}

const widgetFields = `
  title metric { name value(windowMinutes: 30) series { value } top { key } source { freshness { state } } }
  data { value points { at value count } groups { key value count } freshness { state lagMilliseconds } }`;

test('the number of statements does not grow with the widgets of a dashboard or the entities asked', async () => {
  await using service = await startAnalytics();
  const { subgraph } = service;
  const alice = person();
  const kinds = ['TIME_SERIES', 'BAR', 'NUMBER', 'TABLE', 'TIME_SERIES', 'BAR', 'NUMBER', 'TABLE'];
  const metricIds: string[] = [];
  for (const _ of kinds) {
    const sourceId = randomUUID();
    metricIds.push(await createMetric(subgraph, alice, { sourceId, dimensions: ['origin'] }));
    const { workspace } = alice;
    await service.send(processedEvent({ workspace, sourceid: sourceId, data: { origin: 'JFK' } }));
  }
  await service.stored(kinds.length);
  const widgets = kinds.map((kind, index) => ({ title: kind, kind, metricId: metricIds[index] }));
  const [two, eight] = [
    await createDashboard(subgraph, alice, widgets.slice(0, 2)),
    await createDashboard(subgraph, alice, widgets),
  ];
  await vi.waitFor(async () => {
    const { rows } = await service.database.pool.query('SELECT count(*)::int AS rest FROM outbox');
    expect(rows).toEqual([{ rest: 0 }]);
  }, patience);

  const askDashboard = (id: string, count: number) => async () => {
    const { data, errors } = await subgraph.query(
      alice,
      `query ($id: ID!) { dashboard(id: $id) { widgets { ${widgetFields} } } }`,
      { id },
    );
    expect(errors).toBeUndefined();
    expect(data.dashboard.widgets).toHaveLength(count);
    for (const { metric, data: shown } of data.dashboard.widgets) {
      expect([metric.value, shown.value, shown.freshness.state]).toEqual([1, 1, 'LIVE']);
    }
  };
  const askAll = (count: number) => async () => {
    const { data, errors } = await askEntities(
      subgraph,
      alice,
      `... on Metric { value } ... on Widget { ${widgetFields} }`,
      [
        ...metricIds.slice(0, count).map((id) => ({ __typename: 'Metric', id })),
        ...eight.widgetIds.slice(0, count).map((id) => ({ __typename: 'Widget', id })),
      ],
    );
    expect(errors).toBeUndefined();
    expect(data._entities).toHaveLength(2 * count);
  };

  const forTwo = await countStatements(service, askDashboard(two.id, 2));
  expect(forTwo).toBeGreaterThan(0);
  expect(await countStatements(service, askDashboard(eight.id, 8))).toBe(forTwo);
  const entitiesOfTwo = await countStatements(service, askAll(2));
  expect(await countStatements(service, askAll(8))).toBe(entitiesOfTwo);
});
