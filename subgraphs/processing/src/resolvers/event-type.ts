import type { EventTypeResolvers } from '../generated/resolvers.ts';

export const EventType: EventTypeResolvers = {
  __resolveReference: ({ id }, context) => context.eventTypes.byId(context, id),
};
