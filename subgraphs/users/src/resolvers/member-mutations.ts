/** Workspaces, and who belongs to them. */
import { parseInput } from '@tributary/errors';
import { invitationSchema, tokenSchema, workspaceSchema } from '../credentials/account-input.ts';
import type { MutationResolvers } from '../generated/resolvers.ts';
import { acknowledge, toPayload } from './payload.ts';

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
      membership: await members.changeRole(principal, input, origin),
    })),
  removeMember: (_, { membershipId }, { members, principal, origin }) =>
    acknowledge(() => members.remove(principal, membershipId, origin)),
  leaveWorkspace: (_, __, { members, principal, origin }) =>
    acknowledge(() => members.leave(principal, origin)),
};
