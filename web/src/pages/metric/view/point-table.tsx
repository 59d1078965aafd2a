import { formatNumber, formatValue } from '../../../format/format-value.ts';
import type { MetricPartsFragment, RangeStep } from '../../../generated/graphql.ts';
import { formatDayAndClock, formatDayAndYear } from '../../../time/format-time.ts';

interface PointTableProps {
  metric: MetricPartsFragment;
  points: readonly { at: string; value: number; count: number }[];
  step: RangeStep;
}

/** What the chart draws, to be read; the newest first. */
export function PointTable({ metric, points, step }: PointTableProps) {
  if (points.length === 0) return null;
  const format = step === 'DAY' ? formatDayAndYear : formatDayAndClock;
  return (
    <details className="mt-2 text-[13px]">
      <summary className="text-muted hover:text-ink">As a table</summary>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls is reached by keyboard. */}
      <section aria-label="Values" tabIndex={0} className="mt-2 max-h-72 overflow-auto">
        <table className="w-full tabular-nums">
          <thead className="text-left text-xs text-muted">
            <tr>
              <th className="font-normal">Time</th>
              <th className="text-right font-normal">Value</th>
              <th className="text-right font-normal">Events</th>
            </tr>
          </thead>
          <tbody>
            {points.toReversed().map(({ at, value, count }) => (
              <tr key={at}>
                <th
                  scope="row"
                  className="border-t border-line py-1 pr-3 text-left font-normal whitespace-nowrap"
                >
                  {format(Date.parse(at))}
                </th>
                <td className="border-t border-line text-right">{formatValue(value, metric)}</td>
                <td className="border-t border-line text-right text-muted">
                  {formatNumber(count)}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </section>
    </details>
  );
}
