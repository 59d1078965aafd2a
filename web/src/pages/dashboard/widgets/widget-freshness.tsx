import { useConnection } from '../../../graph/connection-context.ts';
import { useNow } from '../../../time/use-now.ts';
import { describeFreshness, type FreshnessDescription } from '../live/describe-freshness.ts';
import type { Widget } from '../widget.ts';

const dots = {
  live: 'bg-good',
  recent: 'bg-good opacity-60',
  stalled: 'bg-warning',
  empty: 'bg-line-strong',
  unknown: 'bg-line-strong',
} satisfies Record<FreshnessDescription['tone'], string>;

/** How current the widget is. Not a live region: it changes every second. */
export function WidgetFreshness({ freshness }: { freshness: Widget['data']['freshness'] }) {
  const { tone, text } = describeFreshness(freshness, {
    now: useNow(),
    connection: useConnection(),
  });
  return (
    <p
      data-testid="freshness"
      className={`flex items-center gap-1.5 whitespace-nowrap tabular-nums ${tone === 'stalled' ? 'font-medium text-warning' : ''}`}
    >
      <span aria-hidden="true" className={`size-1.5 rounded-full ${dots[tone]}`} />
      {text}
    </p>
  );
}
