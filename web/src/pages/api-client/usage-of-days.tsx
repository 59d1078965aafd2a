import { formatNumber } from '../../format/format-value.ts';
import { useNow } from '../../time/use-now.ts';
import { type DayOfUsage, sumByDay, type Usage } from './sum-usage.ts';

const shownDays = 30;

/** A bar for each day, as high as its requests; the part that failed is coloured. */
export function UsageOfDays({ usage }: { usage: readonly Usage[] }) {
  const days = sumByDay(usage, shownDays, useNow(60_000));
  const highest = Math.max(1, ...days.map(({ requests }) => requests));
  const all = days.reduce((sum, { requests }) => sum + requests, 0);
  const failed = days.reduce((sum, { errors }) => sum + errors, 0);
  return (
    <figure>
      <figcaption className="text-[13px] text-muted">
        {all === 0
          ? 'Its keys have asked for nothing yet.'
          : `${requestsOf(all)}, ${formatNumber(failed)} with errors · at most ${requestsOf(highest)} a day`}
      </figcaption>
      <ol
        aria-label="Requests by day"
        className="mt-3 flex h-28 items-end gap-px border-b border-line sm:gap-1"
      >
        {days.map((day) => (
          <DayBar key={day.day} {...day} highest={highest} />
        ))}
      </ol>
      <p className="mt-1 flex justify-between text-xs text-muted" aria-hidden="true">
        <span>{days[0]?.day}</span>
        <span>{days.at(-1)?.day}</span>
      </p>
    </figure>
  );
}

const requestsOf = (count: number) =>
  `${formatNumber(count)} ${count === 1 ? 'request' : 'requests'}`;

function DayBar({ day, requests, errors, highest }: DayOfUsage & { highest: number }) {
  const share = (count: number) => `${(count / highest) * 100}%`;
  const words = `${day}: ${requestsOf(requests)}, ${formatNumber(errors)} with errors`;
  return (
    <li title={words} className="flex h-full min-w-0 flex-1 flex-col justify-end">
      <span className="sr-only">{words}</span>
      <span
        className="rounded-t-sm bg-accent"
        style={{ height: share(requests - errors), minHeight: requests > 0 ? 2 : 0 }}
      />
      <span className="bg-critical" style={{ height: share(errors) }} />
    </li>
  );
}
