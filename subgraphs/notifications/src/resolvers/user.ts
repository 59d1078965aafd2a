import type { UserResolvers } from '../generated/resolvers.ts';

/** Any person can be named, so that nothing tells which exist; their inbox answers themselves only. */
export const User: UserResolvers = {
  __resolveReference: ({ id }) => ({ id }),
  notifications: ({ id }, { first, after, unreadOnly }, { notifications }) =>
    notifications.notifications(id, { first, after, unreadOnly }),
  unreadNotificationCount: ({ id }, _, { notifications }) => notifications.unreadCount(id),
  localMails: ({ id }, { first }, { notifications }) => notifications.localMails(id, first),
};
