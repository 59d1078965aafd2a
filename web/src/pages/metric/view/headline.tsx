import { valueParts } from '../../../format/format-value.ts';
import type { MetricPartsFragment } from '../../../generated/graphql.ts';
import { describeChange } from './describe-change.ts';
import type { MetricRange } from './use-metric-figures.ts';

interface HeadlineProps {
  metric: MetricPartsFragment;
  range: MetricRange;
}

/** The value over the whole range, and how it stands to the earlier one. */
export function Headline({ metric, range }: HeadlineProps) {
  const { value, previous } = range;
  const shown = value === null ? { figure: '–', unit: '' } : valueParts(value, metric);
  return (
    <div>
      <p className="flex flex-wrap items-baseline gap-x-1.5">
        <span data-testid="value" className="text-3xl font-semibold tracking-tight tabular-nums">
          {shown.figure}
        </span>
        {shown.unit && <span className="text-sm text-muted">{shown.unit}</span>}
      </p>
      <p className="text-[13px] text-muted tabular-nums">
        {value === null && 'no events in this range, '}
        {describeChange(value, previous.value, metric)}
      </p>
    </div>
  );
}
