import { randomUUID } from 'node:crypto';
import type { UserPrincipal } from '@tributary/chassis';
import { expect } from 'vitest';
import type { AnalyticsService } from './analytics-service.ts';

type Subgraph = AnalyticsService['subgraph'];

export const createMetricDocument = `mutation ($input: CreateMetricInput!) {
  createMetric(input: $input) { metric { id } userErrors { code message field } }
}`;

export const createDashboardDocument = `mutation ($input: CreateDashboardInput!) {
  createDashboard(input: $input) { dashboard { id widgets { id } } userErrors { code message field } }
}`;

/** A mutation that answers a dashboard, with its widgets in order. */
export const dashboardMutation = (field: string, input: string) => `mutation ($input: ${input}!) {
  answer: ${field}(input: $input) { dashboard { id name widgets { id title } } userErrors { code message field } }
}`;

export const changeMetricDocument = `mutation ($input: ChangeMetricInput!) {
  answer: changeMetric(input: $input) { metric { id name unit } userErrors { code message field } }
}`;

export const deleteMetricDocument = `mutation ($input: DeleteMetricInput!) {
  answer: deleteMetric(input: $input) { deletedId userErrors { code message field } }
}`;

export const deleteDashboardDocument = `mutation ($input: DeleteDashboardInput!) {
  answer: deleteDashboard(input: $input) { deletedId userErrors { code message field } }
}`;

/** Input for a count of departures, unless said otherwise. */
export function metricInput(overrides: object = {}) {
  return {
    name: 'Departures',
    sourceId: randomUUID(),
    eventType: 'flight.departed',
    aggregation: 'COUNT',
    ...overrides,
  };
}

export async function createMetric(
  { query }: Subgraph,
  principal: UserPrincipal,
  overrides: object,
): Promise<string> {
  const { data } = await query(principal, createMetricDocument, { input: metricInput(overrides) });
  expect(data.createMetric.userErrors).toEqual([]);
  return data.createMetric.metric.id;
}

export async function createDashboard(
  { query }: Subgraph,
  principal: UserPrincipal,
  widgets: readonly object[],
): Promise<{ id: string; widgetIds: string[] }> {
  const input = { name: 'Flights', widgets };
  const { data } = await query(principal, createDashboardDocument, { input });
  expect(data.createDashboard.userErrors).toEqual([]);
  const { id, widgets: created } = data.createDashboard.dashboard;
  return { id, widgetIds: created.map((widget: { id: string }) => widget.id) };
}

/** What the gateway asks of entities. */
export function askEntities(
  { query }: Subgraph,
  principal: UserPrincipal,
  selection: string,
  representations: readonly object[],
) {
  return query(
    principal,
    `query ($representations: [_Any!]!) { _entities(representations: $representations) { ${selection} } }`,
    { representations },
  );
}
