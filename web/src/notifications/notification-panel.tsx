import { Button } from '../components/button.tsx';
import { ButtonLink } from '../components/button-link.tsx';
import { ErrorState } from '../components/states.tsx';
import { NotificationItem } from './notification-item.tsx';
import { useInbox, useUnreadCount } from './use-inbox.ts';
import { useMarkRead } from './use-mark-read.ts';

const shown = 6;

/** The newest notifications, for a look without leaving the page. */
export function NotificationPanel() {
  const { notifications, error, loading } = useInbox();
  const { markRead, loading: isMarking } = useMarkRead();
  const unread = useUnreadCount();
  return (
    <div>
      <div className="flex items-center justify-between border-b border-line px-4 py-2">
        <h2 className="text-sm font-semibold">Notifications</h2>
        <Button look="quiet" disabled={unread === 0 || isMarking} onClick={() => markRead()}>
          Mark all read
        </Button>
      </div>
      {error && <ErrorState error={error} />}
      <ul>
        {notifications?.slice(0, shown).map((notification) => (
          <NotificationItem
            key={notification.id}
            notification={notification}
            markRead={markRead}
            compact
          />
        ))}
      </ul>
      {!loading && notifications?.length === 0 && (
        <p className="px-4 py-6 text-center text-[13px] text-muted">
          Nothing yet. Alerts that fire or resolve are told here.
        </p>
      )}
      <div className="border-t border-line p-2">
        <ButtonLink to="/inbox" look="quiet" className="w-full">
          Open the inbox
        </ButtonLink>
      </div>
    </div>
  );
}
