import type { Context } from '../context.ts';
import type { MembershipResolvers } from '../generated/resolvers.ts';
import { findMembership, findUser, findWorkspaceOf } from '../services/directory.ts';
import type { MembershipRow } from '../stores/membership-row.ts';
import { present } from './present.ts';

/** `__resolveReference` answers rows, never the reference itself, so that fields are resolved from rows. */
export const Membership: MembershipResolvers<Context, MembershipRow> = {
  __resolveReference: ({ id }, context) => findMembership(context, id),
  user: async ({ userId }, _, context) => present(await findUser(context, userId)),
  workspace: async (membership, _, context) => present(await findWorkspaceOf(context, membership)),
};
