import { requireKnown } from '@tributary/chassis';
import type { WorkspaceResolvers } from '../generated/resolvers.ts';
import { findWorkspace, listMembers } from '../services/directory.ts';

const defaultPageSize = 20;

export const Workspace: WorkspaceResolvers = {
  __resolveReference: ({ id }, context) => findWorkspace(context, id),
  members: ({ id }, { first, after }, context) =>
    listMembers(context, id, { first: first ?? defaultPageSize, after: after ?? null }),
  invitations: ({ id }, _, { invitations, principal }) => invitations.list(principal, id),
  customRoles: ({ id }, _, { customRoles, principal }) => customRoles.list(principal, id),
  ownScopes: ({ id }, _, { principal }) => {
    const known = requireKnown(principal);
    return known.workspace === id ? [...known.scopes] : [];
  },
  apiClients: ({ id }, _, { apiClients, principal }) => apiClients.list(principal, id),
  apiClient: ({ id }, { id: clientId }, { apiClients, principal }) =>
    apiClients.find(principal, id, clientId),
  auditLog: ({ id }, { filter, first, after }, { audit, principal }) =>
    audit.list(principal, id, { filter, first: first ?? defaultPageSize, after }),
  verifyAuditChain: ({ id }, _, { audit, principal }) => audit.verify(principal, id),
};
