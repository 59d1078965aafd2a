/** Workspaces, and who belongs to them. */
import { parseInput, toPayload } from '@tributary/errors';
import {
  changedRoleSchema,
  invitationSchema,
  roleChangeSchema,
  roleSchema,
  tokenSchema,
  workspaceSchema,
} from '../credentials/account-input.ts';
import type { MutationResolvers } from '../generated/resolvers.ts';
import { acknowledge } from './acknowledge.ts';

export const memberMutations: MutationResolvers = {
  createWorkspace: (_, { input }, { workspaces, principal, origin }) =>
    toPayload({ workspace: null }, async () => {
      const { name } = parseInput(workspaceSchema, input);
      return { workspace: await workspaces.create(principal, name, origin) };
    }),
  renameWorkspace: (_, { input }, { workspaces, principal, origin }) =>
    toPayload({ workspace: null }, async () => {
      const { name } = parseInput(workspaceSchema, input);
      return { workspace: await workspaces.rename(principal, name, origin) };
    }),
  inviteMember: (_, { input }, { invitations, principal, origin }) =>
    toPayload({ invitation: null, link: null }, async () =>
      invitations.invite(principal, parseInput(invitationSchema, input), origin),
    ),
  withdrawInvitation: (_, { id }, { invitations, principal, origin }) =>
    acknowledge(() => invitations.withdraw(principal, id, origin)),
  acceptInvitation: (_, { input }, { invitations, principal, origin }) =>
    toPayload({ membership: null }, async () => {
      const { token } = parseInput(tokenSchema, input);
      return { membership: await invitations.accept(principal, token, origin) };
    }),
  changeMemberRole: (_, { input }, { members, principal, origin }) =>
    toPayload({ membership: null }, async () => ({
      membership: await members.changeRole(principal, parseInput(roleChangeSchema, input), origin),
    })),
  createRole: (_, { input }, { customRoles, principal, origin }) =>
    toPayload({ role: null }, async () => ({
      role: await customRoles.create(principal, parseInput(roleSchema, input), origin),
    })),
  changeRole: (_, { input }, { customRoles, principal, origin }) =>
    toPayload({ role: null }, async () => ({
      role: await customRoles.change(principal, parseInput(changedRoleSchema, input), origin),
    })),
  deleteRole: (_, { id }, { customRoles, principal, origin }) =>
    acknowledge(() => customRoles.remove(principal, id, origin)),
  removeMember: (_, { membershipId }, { members, principal, origin }) =>
    acknowledge(() => members.remove(principal, membershipId, origin)),
  leaveWorkspace: (_, __, { members, principal, origin }) =>
    acknowledge(() => members.leave(principal, origin)),
};
