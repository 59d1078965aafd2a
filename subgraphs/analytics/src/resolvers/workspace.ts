import type { WorkspaceResolvers } from '../generated/resolvers.ts';

export const Workspace: WorkspaceResolvers = {
  /** Another workspace is not there. */
  __resolveReference: ({ id }, { principal }) =>
    principal.kind !== 'anonymous' && principal.workspace === id ? { id } : null,
  metrics: (_, { first, after }, context) =>
    context.metrics.list(context, { first: first ?? 20, after: after ?? null }),
  dashboards: (_, { first, after }, context) =>
    context.dashboards.list(context, { first: first ?? 20, after: after ?? null }),
};
