import type { ImportResolvers } from '../generated/resolvers.ts';
import { sourceOf } from './source-of.ts';

export const Import: ImportResolvers = {
  __resolveReference: ({ id }, context) => context.imports.byId(context, id),
  source: (row, _, context) => sourceOf(context, row),
};
