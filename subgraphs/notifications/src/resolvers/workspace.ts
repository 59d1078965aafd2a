import type { WorkspaceResolvers } from '../generated/resolvers.ts';

export const Workspace: WorkspaceResolvers = {
  __resolveReference: ({ id }, { principal }) =>
    principal.kind !== 'anonymous' && principal.workspace === id ? { id } : null,
  alertRules: (_, __, { alerts }) => alerts.alertRules(),
  alerts: (_, { first, after, state }, { alerts }) => alerts.alerts({ first, after, state }),
};
