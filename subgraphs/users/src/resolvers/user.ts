import type { Principal } from '@tributary/chassis';
import type { UserResolvers } from '../generated/resolvers.ts';
import { findOwnWorkspace, findUser, listMemberships } from '../services/directory.ts';
import { present } from './present.ts';

export const User: UserResolvers = {
  __resolveReference: ({ id }, context) => findUser(context, id),
  workspace: async (_, __, context) => present(await findOwnWorkspace(context)),
  isEmailVerified: ({ id, emailVerifiedAt }, _, { principal }) =>
    isOneself(principal, id) ? emailVerifiedAt !== null : null,
  mfa: ({ id }, _, { principal, mfa }) => (isOneself(principal, id) ? mfa.state(id) : null),
  linkedIdentities: ({ id }, _, { principal, linkedIdentities }) =>
    isOneself(principal, id) ? linkedIdentities.list(principal) : null,
  memberships: ({ id }, _, context) => listMemberships(context, id),
};

const isOneself = (principal: Principal, id: string): boolean =>
  principal.kind === 'user' && principal.subject === id;
