import { Tag, type Tone } from '../components/tag.tsx';
import type { NotificationPartsFragment } from '../generated/graphql.ts';

type Delivery = NotificationPartsFragment['deliveries'][number];

const channels = { IN_APP: 'In-app', EMAIL: 'E-mail' } satisfies Record<
  Delivery['channel'],
  string
>;
const statuses = {
  PENDING: { tone: 'neutral', word: 'pending' },
  DELIVERED: { tone: 'good', word: 'delivered' },
  DEAD: { tone: 'critical', word: 'given up' },
} satisfies Record<Delivery['status'], { tone: Tone; word: string }>;

/** Each channel's way of a notification, with the reason where one did not arrive. */
export function DeliveryList({ deliveries }: { deliveries: readonly Delivery[] }) {
  if (deliveries.length === 0) return null;
  return (
    <ul
      aria-label="Deliveries"
      className="mt-1.5 flex flex-wrap gap-x-3 gap-y-1 text-xs text-muted"
    >
      {deliveries.map(({ id, channel, status, attempts, lastError }) => (
        <li key={id} className="flex flex-wrap items-center gap-1.5">
          {channels[channel]}
          <Tag tone={statuses[status].tone}>{statuses[status].word}</Tag>
          {status !== 'DELIVERED' && attempts > 0 && (
            <span>
              after {attempts} {attempts === 1 ? 'attempt' : 'attempts'}
              {lastError && `: ${lastError}`}
            </span>
          )}
        </li>
      ))}
    </ul>
  );
}
