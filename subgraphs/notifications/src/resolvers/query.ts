import type { QueryResolvers } from '../generated/resolvers.ts';

export const Query: QueryResolvers = {
  alertRule: (_, { id }, { alerts }) => alerts.alertRule(id),
  alert: (_, { id }, { alerts }) => alerts.alert(id),
  notification: (_, { id }, { notifications }) => notifications.notification(id),
};
