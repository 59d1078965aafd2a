import { flightEvent } from './flight-event.ts';
import type { Foreign } from './foreign-workspace.ts';

/** What somebody asks for by the ids of that workspace, under `result`. */
export type Attempt = (foreign: Foreign) => { document: string; variables?: object };

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
export const attempts: Record<string, Attempt> = {
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
  'Mutation.prepareExport': ({ sourceId }) => ({
    document:
      'mutation ($input: PrepareExportInput!) { prepareExport(input: $input) { result: link userErrors { code } } }',
    variables: { input: { sourceId } },
  }),
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
export const ownOnly = new Set([
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
export const triedBySubgraphs = new Set([
  'Query.import',
  'Query.invitation',
  'Query.previewImport',
  'Query.dryRunDeadLetter',
  'Query.inferEventType',
  'Query.previewPipeline',
  'Query.signInProviders',
  'Query.sessions',
  'Mutation.acceptInvitation',
  'Mutation.activateOperations',
  'Mutation.addWidget',
  'Mutation.cancelImport',
  'Mutation.changeMemberRole',
  'Mutation.changeSource',
  'Mutation.changeMetric',
  'Mutation.changePassword',
  'Mutation.changeRole',
  'Mutation.changeWidget',
  'Mutation.completeSignIn',
  'Mutation.confirmEmailChange',
  'Mutation.confirmMfaEnrolment',
  'Mutation.confirmSecondFactor',
  'Mutation.createApiClient',
  'Mutation.createApiKey',
  'Mutation.createImport',
  'Mutation.createRole',
  'Mutation.createWorkspace',
  'Mutation.deleteAlertRule',
  'Mutation.deleteDashboard',
  'Mutation.deleteMetric',
  'Mutation.deleteRole',
  'Mutation.disableMfa',
  'Mutation.discardDeadLetters',
  'Mutation.endOtherSessions',
  'Mutation.endSession',
  'Mutation.inviteMember',
  'Mutation.leaveWorkspace',
  'Mutation.orderWidgets',
  'Mutation.pauseImport',
  'Mutation.pushOperations',
  'Mutation.removeMember',
  'Mutation.removeWidget',
  'Mutation.renameDashboard',
  'Mutation.renameWorkspace',
  'Mutation.replaceRecoveryCodes',
  'Mutation.replayDeadLetters',
  'Mutation.requestAccountDeletion',
  'Mutation.requestEmailChange',
  'Mutation.requestEmailVerification',
  'Mutation.requestPasswordReset',
  'Mutation.resetPassword',
  'Mutation.resumeImport',
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
  'Mutation.setClientBudgets',
  'Mutation.startImport',
  'Mutation.setOperationMode',
  'Mutation.startMfaEnrolment',
  'Mutation.unlinkIdentity',
  'Mutation.switchWorkspace',
  'Mutation.unlockSignIn',
  'Mutation.updateProfile',
  'Mutation.verifyEmail',
  'Mutation.withdrawInvitation',
]);
