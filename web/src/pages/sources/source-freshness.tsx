import type { SourcesQuery } from '../../generated/graphql.ts';
import { formatAge, formatMoment } from '../../time/format-time.ts';
import { useNow } from '../../time/use-now.ts';

type Connection = NonNullable<SourcesQuery['workspace']>['sources'];
type Freshness = Connection['edges'][number]['node']['freshness'];

/**
 * When the source's newest event was accepted, as of the page's last answer: nothing pushes it
 * here, so a state of that moment is shown, not one that time would make out of it.
 */
export function SourceFreshness({ freshness }: { freshness: Freshness }) {
  const now = useNow();
  if (!freshness.acceptedAt) return <span className="text-muted">no events yet</span>;
  const accepted = Date.parse(freshness.acceptedAt);
  if (freshness.state === 'STALLED') {
    return (
      <span className="font-medium text-warning">stalled since {formatMoment(accepted, now)}</span>
    );
  }
  return <span>last event {formatAge(accepted, Date.parse(freshness.computedAt))}</span>;
}
