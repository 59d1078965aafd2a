/** Every way into the graph, tried with another workspace's ids. A new root field without a case here fails. */
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { buildSchema, type GraphQLSchema } from 'graphql';
import { expect, inject, test } from 'vitest';
import { type Account, signUp } from './support/account.ts';
import { flightEvent } from './support/flight-event.ts';
import { createForeign, type Foreign } from './support/foreign-workspace.ts';
import { send } from './support/send.ts';
import { subscribe } from './support/subscribe.ts';
import { attempts, ownOnly, triedBySubgraphs } from './support/tenancy-attempts.ts';

const url = inject('stackUrl');
const foreignWorkspace = createForeign(url);

/** The text of every test of the subgraphs, and of what their tests share. */
const subgraphTests = (): string[] =>
  globSync('subgraphs/*/test/**/*.ts', { cwd: repository }).map((file) =>
    readFileSync(join(repository, file), 'utf8'),
  );
const repository = join(import.meta.dirname, '..');

function supergraph(): GraphQLSchema {
  const text = readFileSync(new URL('../schema/supergraph.graphql', import.meta.url), 'utf8');
  return buildSchema(text, { assumeValid: true });
}

test('every root field has its case', () => {
  const fields = [supergraph().getQueryType(), supergraph().getMutationType()].flatMap((type) =>
    Object.keys(type?.getFields() ?? {}).map((field) => `${type?.name}.${field}`),
  );
  expect(fields.toSorted()).toEqual(
    [...Object.keys(attempts), ...ownOnly, ...triedBySubgraphs].toSorted(),
  );
});

test.each([...triedBySubgraphs])('%s is tried by the tests of its own service', (coordinate) => {
  const field = coordinate.split('.')[1] ?? '';
  expect(subgraphTests().some((text) => new RegExp(`\\b${field}\\b`).test(text))).toBe(true);
});

test.each(Object.entries(attempts))(
  '%s finds what is one’s own and nothing of another workspace',
  async (_, attempt) => {
    const foreign = await foreignWorkspace;
    const stranger = await signUp(url);
    const { document, variables } = attempt(foreign);
    const refused = await stranger.ask(document, variables);
    expect(refused.errors).toBeUndefined();
    expect(resultOf(refused.data)).toBeNull();
    // The same attempt by the owner succeeds: the refusal is about the workspace, not about the request.
    expect(resultOf((await foreign.ask(document, variables)).data)).not.toBeNull();
  },
);

// biome-ignore lint/suspicious/noExplicitAny: a wrong shape fails the assertion that reads it.
function resultOf(data: any): unknown {
  if ('result' in data) return data.result;
  return Object.values<{ result: unknown }>(data)[0]?.result;
}

test('a metric or alert rule over another workspace’s source or metric never sees a value', async () => {
  const foreign = await foreignWorkspace;
  const stranger = await signUp(url);
  const { data } = await stranger.ask(
    `mutation ($metric: CreateMetricInput!, $rule: CreateAlertRuleInput!) {
      createMetric(input: $metric) { metric { value series { count } source { name eventsLastMinute } } }
      createAlertRule(input: $rule) { alertRule { metric { name } activeAlert { id } } }
    }`,
    {
      metric: {
        name: 'Spy',
        sourceId: foreign.sourceId,
        eventType: 'flight.departed',
        aggregation: 'COUNT',
      },
      rule: { name: 'Spy', metricId: foreign.metricId, operator: 'ABOVE', threshold: 0 },
    },
  );
  expect(data.createMetric?.metric ?? null).toSatisfy(nothingSeen);
  expect(data.createAlertRule?.alertRule?.metric ?? null).toBeNull();
  const before = await countOf(foreign);
  await send(foreign, JSON.stringify(flightEvent({}, { delay: 99 })));
  await expect.poll(() => countOf(foreign)).toBe(before + 1);
  const after = await stranger.ask(
    '{ workspace { metrics { edges { node { value } } } alerts { edges { node { id } } } } viewer { unreadNotificationCount } }',
  );
  expect(after.data).toEqual({
    workspace: {
      metrics: {
        edges: (data.createMetric?.metric ?? null) === null ? [] : [{ node: { value: null } }],
      },
      alerts: { edges: [] },
    },
    viewer: { unreadNotificationCount: 0 },
  });
});

async function countOf({ ask, metricId }: Foreign): Promise<number> {
  const { data } = await ask('query ($id: ID!) { metric(id: $id) { series { count } } }', {
    id: metricId,
  });
  return data.metric.series.reduce((sum: number, { count }: { count: number }) => sum + count, 0);
}

function nothingSeen(
  metric: { value: unknown; series: unknown[]; source: { name: unknown } | null } | null,
): boolean {
  return (
    metric === null ||
    (metric.value === null && metric.series.length === 0 && (metric.source?.name ?? null) === null)
  );
}

test('marking another’s notification as read changes nothing', async () => {
  const foreign = await foreignWorkspace;
  const stranger: Account = await signUp(url);
  await stranger.ask(
    'mutation ($input: MarkNotificationsReadInput!) { markNotificationsRead(input: $input) { userErrors { code } } }',
    {
      input: { ids: [foreign.notificationId] },
    },
  );
  const { data } = await foreign.ask('query ($id: ID!) { notification(id: $id) { readAt } }', {
    id: foreign.notificationId,
  });
  expect(data.notification.readAt).toBeNull();
});

test('a subscription to another workspace’s dashboard hears nothing of it', async () => {
  const foreign = await foreignWorkspace;
  const stranger = await signUp(url);
  const document = 'subscription ($id: ID!) { widgetUpdated(dashboardId: $id) { value } }';
  using spying = subscribe({ url, ...stranger }, document, { id: foreign.dashboardId });
  using own = subscribe(foreign, document, { id: foreign.dashboardId });
  await expect
    .poll(
      async () => {
        await send(foreign, JSON.stringify(flightEvent({}, { delay: 99 })));
        return own.messages.length;
      },
      { timeout: 20_000, interval: 300 },
    )
    .toBeGreaterThan(8);
  expect(spying.messages).toEqual([]);
});
