import { Button } from '../../components/button.tsx';
import { LoadMore } from '../../components/load-more.tsx';
import { Page } from '../../components/page.tsx';
import { Panel } from '../../components/panel.tsx';
import { EmptyState, ErrorState, LoadingState } from '../../components/states.tsx';
import { NotificationItem } from '../../notifications/notification-item.tsx';
import { useInbox, useUnreadCount } from '../../notifications/use-inbox.ts';
import { useMarkRead } from '../../notifications/use-mark-read.ts';

export function InboxPage() {
  const { notifications, pageInfo, error, loading, refetch, loadMore } = useInbox();
  const { markRead, loading: isMarking, error: markError } = useMarkRead();
  const unread = useUnreadCount();
  return (
    <Page
      title="Inbox"
      description={unread === 0 ? 'All read.' : `${unread} unread. New ones appear by themselves.`}
      aside={
        <Button disabled={unread === 0 || isMarking} onClick={() => markRead()}>
          Mark all read
        </Button>
      }
    >
      {error && <ErrorState error={error} retry={refetch} />}
      {markError && <ErrorState error={markError} />}
      {!notifications && loading && <LoadingState />}
      {notifications?.length === 0 && (
        <EmptyState title="Nothing yet">
          You are told here when an alert fires and when it resolves.
        </EmptyState>
      )}
      {notifications && notifications.length > 0 && (
        <Panel className="overflow-hidden">
          <ul aria-label="Notifications">
            {notifications.map((notification) => (
              <NotificationItem
                key={notification.id}
                notification={notification}
                markRead={markRead}
              />
            ))}
          </ul>
        </Panel>
      )}
      {pageInfo && <LoadMore pageInfo={pageInfo} load={loadMore} />}
    </Page>
  );
}
