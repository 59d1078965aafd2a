import type { SourceResolvers } from '../generated/resolvers.ts';

export const Source: SourceResolvers = {
  __resolveReference: ({ id }, context) => context.sources.reference(context, id),
  writeKeyHint: (source, _, context) => context.sources.writeKeyHint(context, source),
  unknownTypes: (source, _, context) => context.sources.unknownTypes(context, source),
  pipeline: ({ id }, _, context) => context.pipelines.ofSource(context, id),
  pipelineVersions: ({ id }, _, context) => context.pipelines.versions(context, id),
  pipelineDraft: ({ id }, _, context) => context.pipelines.draft(context, id),
  sampleEvents: ({ id }, _, context) => context.pipelines.samples(context, id),
  openDeadLetterCount: ({ id }, _, context) => context.deadLetters.openCount(context, id),
};
