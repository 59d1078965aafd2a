import { Panel, Section } from '../../../components/panel.tsx';
import { RefreshButton } from '../../../components/refresh-button.tsx';
import { ErrorState, LoadingState } from '../../../components/states.tsx';
import type { MetricPartsFragment } from '../../../generated/graphql.ts';
import { Breakdown } from './breakdown.tsx';
import { DimensionFilters } from './dimension-filters.tsx';
import { Headline } from './headline.tsx';
import { PointTable } from './point-table.tsx';
import { RangeChart } from './range-chart.tsx';
import { RangePicker } from './range-picker.tsx';
import { useMetricFigures } from './use-metric-figures.ts';
import { useMetricView } from './use-metric-view.ts';

/** A metric's values over a range, compared with an earlier one, filtered and broken down. */
export function MetricFigures({ metric }: { metric: MetricPartsFragment }) {
  const { view, change } = useMetricView();
  const { range, bounds, step, by, error, loading, refetch } = useMetricFigures(metric, view);
  return (
    <>
      <RangePicker view={view} bounds={bounds} step={step} change={change} />
      {metric.dimensions.length > 0 && (
        <DimensionFilters metric={metric} view={view} bounds={bounds} change={change} />
      )}
      {error && <ErrorState error={error} retry={refetch} />}
      {!range && loading && <LoadingState />}
      {range && (
        <div aria-busy={loading} className={loading ? 'opacity-70' : ''}>
          <Panel className="mb-6 p-4">
            <div className="mb-3 flex items-start justify-between gap-3">
              <Headline metric={metric} range={range} />
              <RefreshButton refresh={refetch} />
            </div>
            <RangeChart metric={metric} range={range} bounds={bounds} step={step} />
            <PointTable metric={metric} points={range.points} step={step} />
          </Panel>
        </div>
      )}
      {range && metric.dimensions.length > 0 && (
        <Section title="Breakdown">
          <Breakdown
            metric={metric}
            by={by}
            groups={range.top ?? []}
            change={(dimensions) => change({ by: dimensions })}
          />
        </Section>
      )}
    </>
  );
}
