import { userErrorsOf } from '@tributary/errors';
import type { MutationResolvers } from '../generated/resolvers.ts';
import type { ImportRow } from '../stores/import-store.ts';

/** The fields of Mutation that change imports. */
export const ImportMutation: Pick<
  MutationResolvers,
  'createImport' | 'startImport' | 'pauseImport' | 'resumeImport' | 'cancelImport'
> = {
  createImport: (_, { input }, context) =>
    answer(() => context.imports.createFromFolder(context, input)),
  startImport: (_, { input }, context) => answer(() => context.imports.start(context, input)),
  pauseImport: (_, { input }, context) =>
    answer(() => context.imports.change(context, 'pause', input)),
  resumeImport: (_, { input }, context) =>
    answer(() => context.imports.change(context, 'resume', input)),
  cancelImport: (_, { input }, context) =>
    answer(() => context.imports.change(context, 'cancel', input)),
};

async function answer(change: () => Promise<ImportRow>) {
  try {
    return { import: await change(), userErrors: [] };
  } catch (error) {
    return { import: null, userErrors: userErrorsOf(error) };
  }
}
