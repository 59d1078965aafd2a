import type { PipelineResolvers } from '../generated/resolvers.ts';

export const Pipeline: PipelineResolvers = {
  __resolveReference: ({ id }, context) => context.pipelines.byId(context, id),
};
