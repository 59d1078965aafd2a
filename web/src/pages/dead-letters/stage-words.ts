import type { PipelineStage } from '../../generated/graphql.ts';

export const stageWords = {
  ACCEPT: 'Accept',
  VALIDATE: 'Validate',
  TRANSFORM: 'Transform',
  ENRICH: 'Enrich',
  ROUTE: 'Route',
} satisfies Record<PipelineStage, string>;
