import type { Widget } from './widget.ts';
import {
  mediumLeastSpans,
  narrowLeastSpans,
  packRows,
  wideLeastSpans,
} from './widgets/pack-rows.ts';
import { WidgetCard } from './widgets/widget-card.tsx';

/** The widgets in the dashboard's order, in full rows whatever the screen's width. */
export function WidgetGrid({ widgets }: { widgets: readonly Widget[] }) {
  const kinds = widgets.map(({ kind }) => kind);
  const wide = packRows(kinds, wideLeastSpans);
  const medium = packRows(kinds, mediumLeastSpans);
  const narrow = packRows(kinds, narrowLeastSpans);
  return (
    <div className="grid grid-cols-12 gap-3">
      {widgets.map((widget, index) => (
        <WidgetCard
          key={widget.id}
          widget={widget}
          wide={wide[index] ?? 12}
          medium={medium[index] ?? 12}
          narrow={narrow[index] ?? 12}
        />
      ))}
    </div>
  );
}
