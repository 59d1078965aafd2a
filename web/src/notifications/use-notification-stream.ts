import { useApolloClient, useSubscription } from '@apollo/client/react';
import type { NotificationPartsFragment } from '../generated/graphql.ts';
import { useOnMissed } from '../graph/connection-context.ts';
import { refetchShown } from '../graph/refetch-shown.ts';
import { notificationReceivedSubscription } from './notification-documents.ts';
import { receiveNotification } from './receive-notification.ts';

/**
 * Keeps inbox, count and alerts current: each notification is put into the cache, and as an alert
 * has changed with it, alerts on screen are fetched; when some were missed for good, all three are.
 */
export function useNotificationStream(
  announce: (notification: NotificationPartsFragment) => void,
): void {
  const client = useApolloClient();
  useSubscription(notificationReceivedSubscription, {
    fetchPolicy: 'no-cache',
    ignoreResults: true,
    onData: ({ data }) => {
      const notification = data.data?.notificationReceived;
      if (!notification || !receiveNotification(client.cache, notification)) return;
      announce(notification);
      refetchShown(client, ['Alerts']);
    },
  });
  useOnMissed(() => refetchShown(client, ['UnreadCount', 'Inbox', 'Alerts']));
}
