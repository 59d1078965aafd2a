import { userErrorsOf } from '@tributary/errors';
import type { QueryResolvers } from '../generated/resolvers.ts';

export const Query: QueryResolvers = {
  source: (_, { id }, context) => context.sources.byId(context, id),
  partitions: (_, __, context) => context.partitions.list(context),
  previewPipeline: async (_, { input }, context) => {
    try {
      return { events: await context.previews.preview(context, input), userErrors: [] };
    } catch (error) {
      return { events: [], userErrors: userErrorsOf(error) };
    }
  },
  dryRunDeadLetter: async (_, { input }, context) => {
    try {
      return { event: await context.deadLetters.dryRun(context, input), userErrors: [] };
    } catch (error) {
      return { event: null, userErrors: userErrorsOf(error) };
    }
  },
  checkEventType: async (_, { input }, context) => {
    try {
      const changes = await context.eventTypes.check(context, input);
      const shown = changes.map(({ path, message }) => ({ path: path.join('.'), message }));
      return { breakingChanges: shown, userErrors: [] };
    } catch (error) {
      return { breakingChanges: [], userErrors: userErrorsOf(error) };
    }
  },
  inferEventType: async (_, { input }, context) => {
    try {
      return { ...(await context.eventTypes.infer(context, input)), userErrors: [] };
    } catch (error) {
      return { jsonSchema: null, exampleCount: 0, userErrors: userErrorsOf(error) };
    }
  },
  deadLetter: (_, { id }, context) => context.deadLetters.byId(context, id),
  import: (_, { id }, context) => context.imports.byId(context, id),
  previewImport: async (_, { input }, context) => {
    try {
      return { preview: await context.imports.preview(context, input), userErrors: [] };
    } catch (error) {
      return { preview: null, userErrors: userErrorsOf(error) };
    }
  },
};
