import type { UserResolvers } from '../generated/resolvers.ts';
import { findOwnWorkspace, findUser, listMemberships } from '../services/directory.ts';
import { present } from './present.ts';

export const User: UserResolvers = {
  __resolveReference: ({ id }, context) => findUser(context, id),
  workspace: async (_, __, context) => present(await findOwnWorkspace(context)),
  memberships: ({ id }, _, context) => listMemberships(context, id),
};
