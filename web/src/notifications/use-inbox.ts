import { useQuery } from '@apollo/client/react';
import { inboxQuery, unreadCountQuery } from './notification-documents.ts';

/** The viewer's notifications, newest first, by pages of 20. */
export function useInbox() {
  const { data, error, loading, refetch, fetchMore } = useQuery(inboxQuery, {
    fetchPolicy: 'cache-and-network',
    nextFetchPolicy: 'cache-first',
  });
  const connection = data?.viewer?.notifications;
  return {
    notifications: connection?.edges.map(({ node }) => node),
    pageInfo: connection?.pageInfo,
    error,
    loading,
    refetch,
    loadMore: (after: string) => fetchMore({ variables: { after } }),
  };
}

export function useUnreadCount(): number {
  const { data } = useQuery(unreadCountQuery);
  return data?.viewer?.unreadNotificationCount ?? 0;
}
