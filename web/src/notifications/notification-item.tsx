import { Button } from '../components/button.tsx';
import { SeverityTag } from '../components/severity-tag.tsx';
import { TimeAgo } from '../components/time-ago.tsx';
import type { NotificationPartsFragment } from '../generated/graphql.ts';
import { DeliveryList } from './delivery-list.tsx';

interface NotificationItemProps {
  notification: NotificationPartsFragment;
  markRead: (ids: string[]) => void;
  /** Without deliveries, for the panel. */
  compact?: boolean;
}

export function NotificationItem({ notification, markRead, compact }: NotificationItemProps) {
  const { id, title, body, severity, createdAt, readAt, deliveries } = notification;
  return (
    <li
      className={`relative border-t border-line px-4 py-3 first:border-t-0 ${readAt ? '' : 'bg-raised'}`}
    >
      {!readAt && <span aria-hidden="true" className="absolute inset-y-0 left-0 w-0.5 bg-accent" />}
      <div className="flex items-start justify-between gap-3">
        <div className="flex flex-wrap items-center gap-x-2 gap-y-1">
          <SeverityTag severity={severity} />
          <h3 className="text-sm font-semibold">{title}</h3>
          {!readAt && <span className="sr-only">unread</span>}
        </div>
        <span className="text-xs text-muted">
          <TimeAgo at={createdAt} />
        </span>
      </div>
      <p className={`mt-1 text-[13px] text-muted ${compact ? 'line-clamp-2' : ''}`}>{body}</p>
      <div className="flex items-end justify-between gap-3">
        {!compact && <DeliveryList deliveries={deliveries} />}
        {!readAt && (
          <Button look="quiet" className="-mr-2.5 -mb-1.5 ml-auto" onClick={() => markRead([id])}>
            Mark read
          </Button>
        )}
      </div>
    </li>
  );
}
