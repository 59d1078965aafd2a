import { dimensionLabel } from '../../format/dimension-label.ts';
import type { MetricPartsFragment } from '../../generated/graphql.ts';
import { DimensionValuesField } from '../../metrics/dimension-values-field.tsx';
import { useNow } from '../../time/use-now.ts';
import type { WidgetDraft } from './widget-draft.ts';

const day = 86_400_000;

interface WidgetFiltersProps {
  draft: WidgetDraft;
  metric: MetricPartsFragment | undefined;
  change: (part: Partial<WidgetDraft>) => void;
  error: string | undefined;
}

/** Which values of the metric's dimensions are shown; values of the last week are proposed. */
export function WidgetFilters({ draft, metric, change, error }: WidgetFiltersProps) {
  const now = useNow(day);
  return metric?.dimensions.map((dimension, place) => (
    <DimensionValuesField
      key={`${metric.id}/${dimension}`}
      metricId={metric.id}
      dimension={dimension}
      label={`Only ${dimensionLabel([dimension]).toLowerCase()}`}
      bounds={{ from: now - 7 * day, to: now + day }}
      filters={draft.where}
      change={(where) => change({ where })}
      error={place === 0 ? error : undefined}
    />
  ));
}
