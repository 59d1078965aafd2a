import { formatAge, formatDayAndClock } from '../time/format-time.ts';
import { useNow } from '../time/use-now.ts';

/** A time as its age, which grows; the exact time is in the tooltip. */
export function TimeAgo({ at }: { at: string }) {
  const now = useNow();
  const time = Date.parse(at);
  return (
    <time dateTime={at} title={formatDayAndClock(time)} className="whitespace-nowrap">
      {formatAge(time, now)}
    </time>
  );
}
