import type { NotificationResolvers } from '../generated/resolvers.ts';

export const Notification: NotificationResolvers = {
  __resolveReference: ({ id }, { notifications }) => notifications.notification(id),
  alert: ({ alertId }, _, { alerts }) => (alertId === null ? null : alerts.alert(alertId)),
  deliveries: ({ id }, _, { notifications }) => notifications.deliveriesOf(id),
};
