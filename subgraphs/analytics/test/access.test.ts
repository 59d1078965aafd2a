import { randomUUID } from 'node:crypto';
import type { Principal } from '@tributary/chassis';
import { person } from '@tributary/testkit';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { type AnalyticsService, patience, startAnalytics } from './analytics-service.ts';
import {
  createDashboard,
  createDashboardDocument,
  createMetric,
  createMetricDocument,
  metricInput,
} from './documents.ts';
import { processedEvent } from './processed-event.ts';

const alice = person();
const colleague = person({ workspace: alice.workspace });
const stranger = person();
const sourceId = randomUUID();

let service: AnalyticsService;
let metricId: string;
let dashboard: Awaited<ReturnType<typeof createDashboard>>;

beforeAll(async () => {
  service = await startAnalytics();
  metricId = await createMetric(service.subgraph, alice, { sourceId, dimensions: ['origin'] });
  dashboard = await createDashboard(service.subgraph, alice, [
    { title: 'All', kind: 'NUMBER', metricId },
  ]);
  const event = { workspace: alice.workspace, sourceid: sourceId, data: { origin: 'JFK' } };
  await service.send(processedEvent(event));
  await service.stored(1);
});
afterAll(() => service[Symbol.asyncDispose]());

const figures = 'value series { value } top { key } source { id }';

const askRoots = (principal: Principal) =>
  service.subgraph.query(
    principal,
    `query ($metric: ID!, $dashboard: ID!) { metric(id: $metric) { ${figures} } dashboard(id: $dashboard) { widgets { data { value } } } }`,
    { metric: metricId, dashboard: dashboard.id },
  );

const askEverything = (principal: Principal) =>
  service.subgraph.query(
    principal,
    `query ($representations: [_Any!]!) { _entities(representations: $representations) {
      ... on Metric { ${figures} }
      ... on Dashboard { widgets { id } }
      ... on Widget { title metric { id } data { value } }
      ... on Source { eventsLastMinute freshness { state acceptedAt } }
      ... on Workspace { metrics { edges { node { id } } } dashboards { edges { node { id } } } }
    } }`,
    {
      representations: [
        { __typename: 'Metric', id: metricId },
        { __typename: 'Dashboard', id: dashboard.id },
        { __typename: 'Widget', id: dashboard.widgetIds[0] },
        { __typename: 'Workspace', id: alice.workspace },
        { __typename: 'Source', id: sourceId },
      ],
    },
  );

test('everybody in the workspace sees its metrics, dashboards and figures', async () => {
  const roots = await askRoots(colleague);
  expect(roots.data).toMatchObject({
    metric: { value: 1, series: [{ value: 1 }], top: [{ key: 'JFK' }], source: { id: sourceId } },
    dashboard: { widgets: [{ data: { value: 1 } }] },
  });
  const { data } = await askEverything(colleague);
  expect(data._entities).toMatchObject([
    { value: 1 },
    { widgets: [{ id: dashboard.widgetIds[0] }] },
    { title: 'All', metric: { id: metricId }, data: { value: 1 } },
    {
      metrics: { edges: [{ node: { id: metricId } }] },
      dashboards: { edges: [{ node: { id: dashboard.id } }] },
    },
    { freshness: { state: 'LIVE' } },
  ]);
});

test('to another workspace none of it exists, by root field or as an entity', async () => {
  expect(await askRoots(stranger)).toEqual({ data: { metric: null, dashboard: null } });
  const { data, errors } = await askEverything(stranger);
  expect(errors).toBeUndefined();
  expect(data._entities).toEqual([
    null,
    null,
    null,
    null,
    { eventsLastMinute: 0, freshness: { state: 'EMPTY', acceptedAt: null } },
  ]);
});

test('another workspace’s metric cannot be put on a dashboard', async () => {
  const input = { name: 'Spy', widgets: [{ title: 'x', kind: 'NUMBER', metricId }] };
  const { data } = await service.subgraph.query(stranger, createDashboardDocument, { input });
  expect(data.createDashboard).toEqual({
    dashboard: null,
    userErrors: [
      {
        code: 'NOT_FOUND',
        message: 'There is no such metric in this workspace.',
        field: ['input', 'widgets', '0', 'metricId'],
      },
    ],
  });
});

test('a metric over another workspace’s source never counts that one’s events', async () => {
  const bob = person();
  const about = { sourceId: randomUUID(), dimensions: ['origin'] };
  const own = await createMetric(service.subgraph, bob, about);
  const early = await createMetric(service.subgraph, stranger, about);
  await service.send(processedEvent({ workspace: bob.workspace, sourceid: about.sourceId }));
  const read = async (principal: Principal, id: string) => {
    const { data } = await service.subgraph.query(
      principal,
      `query ($id: ID!) { metric(id: $id) { ${figures} } }`,
      { id },
    );
    return data.metric;
  };
  await vi.waitFor(async () => expect((await read(bob, own)).value).toBe(1), patience);
  const late = await createMetric(service.subgraph, stranger, about);
  const nothing = { value: null, series: [], top: [], source: { id: about.sourceId } };
  expect(await read(stranger, early)).toEqual(nothing);
  expect(await read(stranger, late)).toEqual(nothing);
});

test.each([
  ['nobody in particular', { kind: 'anonymous' } as const, 'UNAUTHENTICATED'],
  ['somebody without the scopes', person({ workspace: alice.workspace, scopes: [] }), 'FORBIDDEN'],
])('%s reads no figure and writes nothing', async (_, principal, code) => {
  const roots = await askRoots(principal);
  expect(roots.data).toEqual({ metric: null, dashboard: null });
  const entities = await askEverything(principal);
  const writes = [
    await service.subgraph.query(principal, createMetricDocument, { input: metricInput() }),
    await service.subgraph.query(principal, createDashboardDocument, {
      input: { name: 'x', widgets: [] },
    }),
  ];
  for (const { errors = [] } of [roots, entities, ...writes]) {
    expect(errors.length).toBeGreaterThan(0);
    for (const error of errors) expect(error.extensions.code).toBe(code);
  }
  expect(JSON.stringify(entities.data)).not.toContain('"value":1');
});

test('who may only read cannot write', async () => {
  const reader = person({ workspace: alice.workspace, scopes: ['read:analytics'] });
  const { data, errors } = await service.subgraph.query(reader, createMetricDocument, {
    input: metricInput(),
  });
  expect(data).toBeNull();
  expect(errors).toMatchObject([{ extensions: { code: 'FORBIDDEN' } }]);
});
