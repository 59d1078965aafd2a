/** The demo workspace's contents, made through the public API as anyone would make them. */
import { z } from 'zod';
import { airportsCsv } from './airports.ts';
import { flightSchema, flightType } from './flight-event.ts';
import { type Ask, createGraphQLClient } from './graphql-client.ts';

export interface DemoAccount {
  email: string;
  password: string;
}

const id = z.object({ id: z.string() });
export const dashboardName = 'US flights';

/** Signs in; the token is good for an hour. */
export async function signIn(url: string, { email, password }: DemoAccount): Promise<Ask> {
  const { signIn } = await createGraphQLClient({ url })(
    `mutation ($input: SignInInput!) { signIn(input: $input) { session { accessToken } userErrors { message } } }`,
    z.object({ signIn: z.object({ session: z.object({ accessToken: z.string() }) }) }),
    { input: { email, password } },
  );
  return createGraphQLClient({ url, accessToken: signIn.session.accessToken });
}

/** Opens a source for flights, with its event type and pipeline. */
export async function createFlightSource(
  ask: Ask,
  name = 'Flights',
): Promise<{ sourceId: string; writeKey: string }> {
  await ask(
    `mutation ($input: RegisterEventTypeInput!) { registerEventType(input: $input) { eventType { id } userErrors { message } } }`,
    z.unknown(),
    { input: { name: flightType, jsonSchema: flightSchema } },
  );
  await ask(
    `mutation ($input: PutLookupTableInput!) { putLookupTable(input: $input) { lookupTable { id } userErrors { message } } }`,
    z.unknown(),
    { input: { name: 'airports', keyColumn: 'iata', csv: airportsCsv() } },
  );
  const { createSource } = await ask(
    `mutation ($input: CreateSourceInput!) { createSource(input: $input) { source { id } writeKey userErrors { message } } }`,
    z.object({ createSource: z.object({ source: id, writeKey: z.string() }) }),
    { input: { name } },
  );
  const sourceId = createSource.source.id;
  const stages = [
    {
      kind: 'enrich',
      table: 'airports',
      on: 'origin',
      add: { origin_city: 'city', origin_label: 'label' },
    },
    { kind: 'enrich', table: 'airports', on: 'destination', add: { destination_city: 'city' } },
  ];
  await ask(
    `mutation ($input: PublishPipelineInput!) { publishPipeline(input: $input) { pipeline { id } userErrors { message } } }`,
    z.unknown(),
    { input: { sourceId, stages } },
  );
  return { sourceId, writeKey: createSource.writeKey };
}

/** Metrics, the dashboard over them, and an alert rule; does nothing when the dashboard is there. */
export async function createFlightDashboard(ask: Ask, sourceId: string): Promise<string> {
  const existing = await findDashboard(ask);
  if (existing) return existing;
  const flights = { sourceId, eventType: flightType };
  const departures = await createMetric(ask, {
    ...flights,
    name: 'Departures',
    aggregation: 'COUNT',
    unit: 'flights',
  });
  const delay = await createMetric(ask, {
    ...flights,
    name: 'Average delay',
    aggregation: 'AVERAGE',
    field: 'delay',
    unit: 'min',
  });
  const delayByOrigin = await createMetric(ask, {
    ...flights,
    name: 'Average delay by origin',
    aggregation: 'AVERAGE',
    field: 'delay',
    unit: 'min',
    dimensions: ['origin_label'],
  });
  const late = await createMetric(ask, {
    ...flights,
    name: 'Flights more than 15 minutes late',
    aggregation: 'SHARE',
    condition: { field: 'delay', operator: 'GREATER', value: 15 },
  });
  const delayOfMost = await createMetric(ask, {
    ...flights,
    name: 'Delay of 95 flights in 100',
    aggregation: 'PERCENTILE',
    percentile: 95,
    field: 'delay',
    unit: 'min',
  });
  await createAlertRule(ask, {
    name: 'Average delay',
    metricId: delay,
    operator: 'ABOVE',
    threshold: 15,
    windowMinutes: 2,
    severity: 'WARNING',
  });
  return createDashboard(ask, {
    name: dashboardName,
    widgets: [
      { title: 'Departures per minute', kind: 'TIME_SERIES', metricId: departures },
      { title: 'Average delay', kind: 'TIME_SERIES', metricId: delay },
      {
        title: 'Origins with the highest average delay',
        kind: 'BAR',
        metricId: delayByOrigin,
        minimumCount: 30,
      },
      { title: 'More than 15 minutes late', kind: 'NUMBER', metricId: late },
      { title: '95 in 100 are at most so late', kind: 'NUMBER', metricId: delayOfMost },
    ],
  });
}

async function findDashboard(ask: Ask): Promise<string | undefined> {
  const { workspace } = await ask(
    `{ workspace { dashboards(first: 100) { edges { node { id name } } } } }`,
    z.object({
      workspace: z.object({
        dashboards: z.object({
          edges: z.array(z.object({ node: id.extend({ name: z.string() }) })),
        }),
      }),
    }),
  );
  return workspace.dashboards.edges.find(({ node }) => node.name === dashboardName)?.node.id;
}

async function createMetric(ask: Ask, input: object): Promise<string> {
  const { createMetric } = await ask(
    `mutation ($input: CreateMetricInput!) { createMetric(input: $input) { metric { id } userErrors { message } } }`,
    z.object({ createMetric: z.object({ metric: id }) }),
    { input },
  );
  return createMetric.metric.id;
}

async function createAlertRule(ask: Ask, input: object): Promise<void> {
  await ask(
    `mutation ($input: CreateAlertRuleInput!) { createAlertRule(input: $input) { alertRule { id } userErrors { message } } }`,
    z.unknown(),
    { input },
  );
}

async function createDashboard(ask: Ask, input: object): Promise<string> {
  const { createDashboard } = await ask(
    `mutation ($input: CreateDashboardInput!) { createDashboard(input: $input) { dashboard { id } userErrors { message } } }`,
    z.object({ createDashboard: z.object({ dashboard: id }) }),
    { input },
  );
  return createDashboard.dashboard.id;
}
