import { dimensionLabel } from '../../../format/dimension-label.ts';
import { formatNumber, formatValue } from '../../../format/format-value.ts';
import type { Widget } from '../widget.ts';

const cell = 'border-t border-line py-1.5';

export function TableWidget({ widget }: { widget: Widget }) {
  const { metric, data } = widget;
  return (
    <div className="overflow-x-auto">
      <table aria-label={widget.title} className="w-full text-[13px] tabular-nums">
        <thead className="text-left text-xs text-muted">
          <tr>
            <th className="pb-1.5 font-normal">{dimensionLabel(widget.by)}</th>
            <th className="pb-1.5 text-right font-normal">{metric.name}</th>
            <th className="pb-1.5 pl-4 text-right font-normal">Events</th>
          </tr>
        </thead>
        <tbody>
          {data.groups.map(({ key, value, count }) => (
            <tr key={key}>
              <th scope="row" className={`${cell} text-left font-normal`}>
                {key}
              </th>
              <td className={`${cell} text-right`}>{formatValue(value, metric)}</td>
              <td className={`${cell} pl-4 text-right text-muted`}>{formatNumber(count)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
