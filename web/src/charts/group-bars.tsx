import { dimensionLabel } from '../format/dimension-label.ts';
import { formatValue, type ValueFormat } from '../format/format-value.ts';
import { barExtents } from './bar-scale.ts';

interface GroupBarsProps {
  title: string;
  metric: ValueFormat & { name: string };
  /** What the groups are told apart by. */
  by: readonly string[];
  groups: readonly { key: string; value: number; count: number }[];
}

/** The groups with the highest values as horizontal bars, a real table to those who don't see it. */
export function GroupBars({ title, metric, by, groups }: GroupBarsProps) {
  const extents = barExtents(groups.map(({ value }) => value));
  return (
    <table aria-label={title} className="w-full text-[13px] tabular-nums">
      <thead className="sr-only">
        <tr>
          <th>{dimensionLabel(by)}</th>
          <th>{metric.name}</th>
        </tr>
      </thead>
      <tbody>
        {groups.map(({ key, value, count }, index) => (
          <tr key={key} title={`${key}: ${count.toLocaleString('en')} events`}>
            <th
              scope="row"
              className="w-[38%] max-w-0 truncate lg:w-52 lg:max-w-52 py-1 pr-3 text-left font-normal"
            >
              {key}
            </th>
            <td className="py-1">
              <div className="flex items-center gap-3">
                <Bar {...(extents[index] ?? { start: 0, length: 0 })} />
                <span className="w-20 shrink-0 text-right">{formatValue(value, metric)}</span>
              </div>
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Bar({ start, length }: { start: number; length: number }) {
  return (
    <div aria-hidden="true" className="relative h-3.5 min-w-0 grow rounded-sm bg-raised">
      <div
        className="absolute inset-y-0 rounded-sm bg-chart motion-safe:transition-[width,left] duration-200"
        style={{ left: `${start}%`, width: `${length}%` }}
      />
    </div>
  );
}
