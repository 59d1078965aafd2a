import type { SourceResolvers } from '../generated/resolvers.ts';

export const Source: SourceResolvers = {
  __resolveReference: ({ id }, context) => context.sources.reference(context, id),
  writeKeyHint: (source, _, context) => context.sources.writeKeyHint(context, source),
  pipeline: ({ id }, _, context) => context.pipelines.ofSource(context, id),
  openDeadLetterCount: ({ id }, _, context) => context.deadLetters.openCount(context, id),
};
