import { dimensionLabel } from '../../../format/dimension-label.ts';
import type { MetricPartsFragment } from '../../../generated/graphql.ts';
import { DimensionValuesField } from '../../../metrics/dimension-values-field.tsx';
import type { Bounds, MetricView } from './metric-view.ts';

interface DimensionFiltersProps {
  metric: MetricPartsFragment;
  view: MetricView;
  bounds: Bounds;
  change: (part: Partial<MetricView>) => void;
}

/** For each dimension the values that are looked at; all of them while none is named. */
export function DimensionFilters({ metric, view, bounds, change }: DimensionFiltersProps) {
  return (
    <div className="mb-3 grid gap-3 sm:grid-cols-3">
      {metric.dimensions.map((dimension) => (
        <DimensionValuesField
          key={dimension}
          metricId={metric.id}
          dimension={dimension}
          label={`Only ${dimensionLabel([dimension]).toLowerCase()}`}
          bounds={bounds}
          filters={view.where}
          change={(where) => change({ where })}
        />
      ))}
    </div>
  );
}
