import { Icon } from '../components/icon.tsx';
import { Popover } from '../components/popover.tsx';
import { NotificationPanel } from '../notifications/notification-panel.tsx';
import { useUnreadCount } from '../notifications/use-inbox.ts';

export function NotificationBell() {
  const unread = useUnreadCount();
  return (
    <Popover
      label={unread === 0 ? 'Notifications' : `Notifications, ${unread} unread`}
      button={
        <>
          <Icon name="bell" className="size-5" />
          {unread > 0 && <UnreadCount count={unread} />}
        </>
      }
      buttonClass="relative inline-flex size-9 items-center justify-center rounded-md text-muted hover:bg-raised hover:text-ink"
      panelClass="right-2 top-11 max-h-[80vh] w-[min(26rem,calc(100vw-1rem))]"
    >
      <NotificationPanel />
    </Popover>
  );
}

function UnreadCount({ count }: { count: number }) {
  return (
    <span
      aria-hidden="true"
      className="absolute top-0.5 right-0 min-w-4 rounded-full bg-accent px-1 text-center text-[10px] leading-4 font-semibold text-accent-ink tabular-nums"
    >
      {count > 99 ? '99+' : count}
    </span>
  );
}
