import type { WorkspaceResolvers } from '../generated/resolvers.ts';
import { findWorkspace, listMembers } from '../services/directory.ts';

const defaultPageSize = 20;

export const Workspace: WorkspaceResolvers = {
  __resolveReference: ({ id }, context) => findWorkspace(context, id),
  members: ({ id }, { first, after }, context) =>
    listMembers(context, id, { first: first ?? defaultPageSize, after: after ?? null }),
};
