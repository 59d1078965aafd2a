import { toPayload } from '@tributary/errors';
import type { MutationResolvers } from '../generated/resolvers.ts';

export const Mutation: MutationResolvers = {
  createAlertRule: (_, { input }, { alerts }) => alerts.createAlertRule(input),
  deleteAlertRule: (_, { input }, { alerts }) =>
    toPayload({ deletedId: null }, async () => ({
      deletedId: await alerts.deleteAlertRule(input),
    })),
  markNotificationsRead: (_, { input }, { notifications }) => notifications.markRead(input),
};
