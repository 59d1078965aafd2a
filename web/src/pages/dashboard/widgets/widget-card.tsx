import { lazy, memo, Suspense, useId } from 'react';
import { Link } from 'react-router';
import { chartBox } from '../../../charts/chart-box.ts';
import { GroupBars } from '../../../charts/group-bars.tsx';
import { dimensionLabel } from '../../../format/dimension-label.ts';
import { formatDuration } from '../../../time/format-time.ts';
import type { Widget } from '../widget.ts';
import { loadTimeSeries } from './load-time-series.ts';
import { NumberWidget } from './number-widget.tsx';
import { TableWidget } from './table-widget.tsx';
import { WidgetFreshness } from './widget-freshness.tsx';

const TimeSeriesWidget = lazy(loadTimeSeries);

interface WidgetCardProps {
  widget: Widget;
  /** Columns of 12 on wide, medium and narrow screens. */
  wide: number;
  medium: number;
  narrow: number;
}

/** One widget with its title, window and freshness. Drawn anew only when its own data change. */
export const WidgetCard = memo(function WidgetCard({
  widget,
  wide,
  medium,
  narrow,
}: WidgetCardProps) {
  const id = useId();
  return (
    <section
      aria-labelledby={id}
      style={{ '--wide': wide, '--medium': medium, '--narrow': narrow }}
      className="col-[span_var(--narrow)] flex min-w-0 flex-col rounded-lg border border-line bg-surface p-4 md:col-[span_var(--medium)] xl:col-[span_var(--wide)]"
    >
      <h2 id={id} className="text-sm font-semibold">
        <Link to={`/analytics/metrics/${widget.metric.id}`} className="hover:underline">
          {widget.title}
        </Link>
      </h2>
      <div className="mb-3 flex flex-wrap justify-between gap-x-3 text-xs text-muted">
        <p>{captionOf(widget)}</p>
        <WidgetFreshness freshness={widget.data.freshness} />
      </div>
      <WidgetBody widget={widget} />
    </section>
  );
});

function WidgetBody({ widget }: { widget: Widget }) {
  switch (widget.kind) {
    case 'TIME_SERIES':
      return (
        <Suspense fallback={<div className={chartBox} />}>
          <TimeSeriesWidget widget={widget} />
        </Suspense>
      );
    case 'NUMBER':
      return <NumberWidget widget={widget} />;
    case 'BAR':
      return widget.data.groups.length > 0 ? <Bars widget={widget} /> : <NoGroups />;
    case 'TABLE':
      return widget.data.groups.length > 0 ? <TableWidget widget={widget} /> : <NoGroups />;
  }
}

function Bars({ widget: { title, metric, by, data } }: { widget: Widget }) {
  return <GroupBars title={title} metric={metric} by={by} groups={data.groups} />;
}

function NoGroups() {
  return <p className="py-6 text-center text-[13px] text-muted">No groups in this window yet.</p>;
}

function captionOf({ kind, windowMinutes, step, metric, where }: Widget): string {
  const window = `last ${formatDuration(windowMinutes * 60)}`;
  const filters = where.map(
    ({ dimension, in: values }) => `${dimensionLabel([dimension])}: ${values.join(', ')}`,
  );
  if (kind !== 'TIME_SERIES') return [window, ...filters].join(' · ');
  const unit = metric.aggregation === 'SHARE' ? 'share' : metric.unit;
  const steps = step === 'HOUR' ? 'by hour' : 'by minute';
  return [unit, window, steps, ...filters].filter(Boolean).join(' · ');
}
