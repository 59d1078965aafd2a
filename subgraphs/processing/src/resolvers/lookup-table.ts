import type { LookupTableResolvers } from '../generated/resolvers.ts';

export const LookupTable: LookupTableResolvers = {
  __resolveReference: ({ id }, context) => context.lookupTables.byId(context, id),
  versions: ({ id }, _, context) => context.lookupTables.versions(context, id),
};
