import type { DeliveryResolvers } from '../generated/resolvers.ts';

export const Delivery: DeliveryResolvers = {
  __resolveReference: ({ id }, { notifications }) => notifications.delivery(id),
};
