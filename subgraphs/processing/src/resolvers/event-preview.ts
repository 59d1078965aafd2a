import type { EventPreviewResolvers } from '../generated/resolvers.ts';

export const EventPreview: EventPreviewResolvers = {
  stage: ({ failure }) => failure?.stage ?? null,
  field: ({ failure }) => failure?.field ?? null,
  reason: ({ failure }) => failure?.reason ?? null,
};
