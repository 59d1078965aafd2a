import type { ApolloCache } from '@apollo/client';
import type {
  InboxQuery,
  NotificationPartsFragment,
  UnreadCountQuery,
} from '../generated/graphql.ts';
import { inboxQuery, unreadCountQuery } from './notification-documents.ts';

/**
 * Puts a notification on top of the inbox and counts it, in what the cache holds of both.
 * @returns whether it was new; one that arrives a second time changes nothing.
 */
export function receiveNotification(
  cache: ApolloCache,
  notification: NotificationPartsFragment,
): boolean {
  const inbox = cache.readQuery({ query: inboxQuery });
  if (inbox && holds(inbox, notification.id)) return false;
  cache.updateQuery({ query: inboxQuery }, (held) => held && onTop(held, notification));
  cache.updateQuery({ query: unreadCountQuery }, (held) => held && oneMoreUnread(held));
  return true;
}

function holds({ viewer }: InboxQuery, id: string): boolean {
  return viewer?.notifications.edges.some(({ node }) => node.id === id) ?? false;
}

function onTop(inbox: InboxQuery, node: NotificationPartsFragment): InboxQuery {
  if (!inbox.viewer) return inbox;
  const { notifications } = inbox.viewer;
  const edges = [{ cursor: '', node }, ...notifications.edges];
  return { viewer: { ...inbox.viewer, notifications: { ...notifications, edges } } };
}

function oneMoreUnread({ viewer }: UnreadCountQuery): UnreadCountQuery {
  if (!viewer) return { viewer };
  return { viewer: { ...viewer, unreadNotificationCount: viewer.unreadNotificationCount + 1 } };
}
