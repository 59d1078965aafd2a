/** Every way into the graph, tried with another workspace's ids. A new root field without a case here fails. */
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { buildSchema, type GraphQLSchema } from 'graphql';
import { expect, inject, test } from 'vitest';
import { type Account, signUp } from './support/account.ts';
import { flightEvent } from './support/flight-event.ts';
import { createFlightsWorkspace, type FlightsWorkspace } from './support/flights-workspace.ts';
import { send } from './support/send.ts';
import { subscribe } from './support/subscribe.ts';

interface Foreign extends FlightsWorkspace {
  deadLetterId: string;
  metricId: string;
  alertRuleId: string;
  alertId: string;
  notificationId: string;
}

type Attempt = (foreign: Foreign) => { document: string; variables?: object };

const entity =
  (field: string, idOf: (foreign: Foreign) => string): Attempt =>
  (foreign) => ({
    document: `query ($id: ID!) { result: ${field}(id: $id) { id } }`,
    variables: { id: idOf(foreign) },
  });
const mutation =
  (field: string, input: string, select: string, inputOf: (foreign: Foreign) => object): Attempt =>
  (foreign) => ({
    document: `mutation ($input: ${input}!) { ${field}(input: $input) { result: ${select} { __typename } userErrors { code } } }`,
    variables: { input: inputOf(foreign) },
  });

/** What each root field that takes somebody's id answers a stranger: nothing. */
const attempts: Record<string, Attempt> = {
  'Query.source': entity('source', ({ sourceId }) => sourceId),
  'Query.deadLetter': entity('deadLetter', ({ deadLetterId }) => deadLetterId),
  'Query.metric': entity('metric', ({ metricId }) => metricId),
  'Query.dashboard': entity('dashboard', ({ dashboardId }) => dashboardId),
  'Query.widgetUpdates': ({ dashboardId }) => ({
    document: 'query ($id: ID!) { result: widgetUpdates(dashboardId: $id) { value } }',
    variables: { id: dashboardId },
  }),
  'Query.alertRule': entity('alertRule', ({ alertRuleId }) => alertRuleId),
  'Query.alert': entity('alert', ({ alertId }) => alertId),
  'Query.notification': entity('notification', ({ notificationId }) => notificationId),
  'Mutation.publishPipeline': mutation(
    'publishPipeline',
    'PublishPipelineInput',
    'pipeline',
    ({ sourceId }) => ({ sourceId, stages: [] }),
  ),
  'Mutation.replayDeadLetter': mutation(
    'replayDeadLetter',
    'ReplayDeadLetterInput',
    'deadLetter',
    ({ deadLetterId }) => ({ id: deadLetterId, event: flightEvent({ id: '2' }, { delay: 99 }) }),
  ),
  'Mutation.rebuildMetric': mutation(
    'rebuildMetric',
    'RebuildMetricInput',
    'metric',
    ({ metricId }) => ({ id: metricId }),
  ),
  'Mutation.createDashboard': mutation(
    'createDashboard',
    'CreateDashboardInput',
    'dashboard',
    ({ metricId }) => ({
      name: 'Stolen',
      widgets: [{ title: 'x', kind: 'NUMBER', metricId }],
    }),
  ),
};

/** Root fields that name nobody else's things: they only speak of the principal's own, or make new ones. */
const ownOnly = new Set([
  'Query.viewer',
  'Query.workspace',
  'Mutation.signUp',
  'Mutation.signIn',
  'Mutation.createSource',
  // About oneself only.
  'Query.explainAccess',
  // How far behind the workers are is the same for everybody.
  'Query.partitions',
  'Query.checkEventType',
  'Mutation.registerEventType',
  'Mutation.putLookupTable',
  'Mutation.restoreLookupTable',
  // A foreign source or metric may be named, and only ever gives nothing: see the tests below.
  'Mutation.createMetric',
  'Mutation.createAlertRule',
  'Mutation.markNotificationsRead',
]);

/**
 * Root fields that their subgraph's own tests try with another workspace's ids, or that take what was
 * mailed to somebody.
 */
const triedBySubgraphs = new Set([
  'Query.invitation',
  'Query.dryRunDeadLetter',
  'Query.inferEventType',
  'Query.previewPipeline',
  'Query.signInProviders',
  'Query.sessions',
  'Mutation.acceptInvitation',
  'Mutation.activateOperations',
  'Mutation.changeMemberRole',
  'Mutation.changeSource',
  'Mutation.changePassword',
  'Mutation.changeRole',
  'Mutation.completeSignIn',
  'Mutation.confirmEmailChange',
  'Mutation.confirmMfaEnrolment',
  'Mutation.confirmSecondFactor',
  'Mutation.createApiClient',
  'Mutation.createApiKey',
  'Mutation.createRole',
  'Mutation.createWorkspace',
  'Mutation.deleteRole',
  'Mutation.disableMfa',
  'Mutation.discardDeadLetters',
  'Mutation.endOtherSessions',
  'Mutation.endSession',
  'Mutation.inviteMember',
  'Mutation.leaveWorkspace',
  'Mutation.pushOperations',
  'Mutation.removeMember',
  'Mutation.renameWorkspace',
  'Mutation.replaceRecoveryCodes',
  'Mutation.replayDeadLetters',
  'Mutation.requestAccountDeletion',
  'Mutation.requestEmailChange',
  'Mutation.requestEmailVerification',
  'Mutation.requestPasswordReset',
  'Mutation.resetPassword',
  'Mutation.retireApiClient',
  'Mutation.retireOperations',
  'Mutation.reviewDeadLetter',
  'Mutation.revokeApiKey',
  'Mutation.rollBackOperations',
  'Mutation.rollBackPipeline',
  'Mutation.rotateApiKey',
  'Mutation.savePipelineDraft',
  'Mutation.rememberDevice',
  'Mutation.sendEvents',
  'Mutation.startIdentityLink',
  'Mutation.setOperationMode',
  'Mutation.startMfaEnrolment',
  'Mutation.unlinkIdentity',
  'Mutation.switchWorkspace',
  'Mutation.unlockSignIn',
  'Mutation.updateProfile',
  'Mutation.verifyEmail',
  'Mutation.withdrawInvitation',
]);

async function createForeign(url: string): Promise<Foreign> {
  const workspace = await createFlightsWorkspace(url);
  const late = flightEvent({ id: '1' }, { delay: 99 });
  await send(workspace, JSON.stringify([late, { ...late, id: '2', data: {} }]));
  const read = () =>
    workspace.ask(`{
      viewer { notifications { edges { node { id alert { id rule { id metric { id } } } } } } }
      workspace { deadLetters { edges { node { id } } } }
    }`);
  // biome-ignore lint/suspicious/noExplicitAny: people are told of failing records too, by a rule without a metric.
  const ofOwnMetric = ({ node }: any) => node.alert.rule.metric !== null;
  await expect
    .poll(async () => (await read()).data.viewer.notifications.edges.filter(ofOwnMetric), {
      timeout: 30_000,
    })
    .toHaveLength(1);
  const { data } = await read();
  const notification = data.viewer.notifications.edges.find(ofOwnMetric).node;
  return {
    ...workspace,
    deadLetterId: data.workspace.deadLetters.edges[0].node.id,
    notificationId: notification.id,
    alertId: notification.alert.id,
    alertRuleId: notification.alert.rule.id,
    metricId: notification.alert.rule.metric.id,
  };
}

const url = inject('stackUrl');
const foreignWorkspace = createForeign(url);

/** The text of every test file of the subgraphs. */
const subgraphTests = (): string[] =>
  globSync('subgraphs/*/test/*.test.ts', { cwd: repository }).map((file) =>
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
