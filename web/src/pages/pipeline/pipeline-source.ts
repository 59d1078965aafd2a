import type { SourcePipelineQuery } from '../../generated/graphql.ts';

/** A source with all that its pipeline's page shows. */
export type PipelineSource = NonNullable<SourcePipelineQuery['source']>;
