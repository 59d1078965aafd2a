import { useMutation } from '@apollo/client/react';
import { inboxQuery, markReadMutation } from './notification-documents.ts';

/** Marks the given notifications as read, or all of them. */
export function useMarkRead() {
  const [mutate, { loading, error, client }] = useMutation(markReadMutation);

  async function markRead(ids?: string[]): Promise<void> {
    const { data } = await mutate({ variables: { input: ids ? { ids } : {} } });
    if (data?.markNotificationsRead.user) rememberRead(ids);
  }

  function rememberRead(ids: string[] | undefined): void {
    const readAt = new Date().toISOString();
    client.cache.updateQuery({ query: inboxQuery }, (inbox) => {
      if (!inbox?.viewer) return undefined;
      const edges = inbox.viewer.notifications.edges.map((edge) => {
        const isMeant = !edge.node.readAt && (ids?.includes(edge.node.id) ?? true);
        return isMeant ? { ...edge, node: { ...edge.node, readAt } } : edge;
      });
      const notifications = { ...inbox.viewer.notifications, edges };
      return { viewer: { ...inbox.viewer, notifications } };
    });
  }

  return { markRead: (ids?: string[]) => void markRead(ids).catch(() => {}), loading, error };
}
