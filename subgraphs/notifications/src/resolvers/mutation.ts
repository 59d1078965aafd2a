import type { MutationResolvers } from '../generated/resolvers.ts';

export const Mutation: MutationResolvers = {
  createAlertRule: (_, { input }, { alerts }) => alerts.createAlertRule(input),
  markNotificationsRead: (_, { input }, { notifications }) => notifications.markRead(input),
};
