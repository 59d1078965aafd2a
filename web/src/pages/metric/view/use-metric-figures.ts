import { useQuery } from '@apollo/client/react';
import { useEffect, useRef } from 'react';
import type { MetricPartsFragment } from '../../../generated/graphql.ts';
import { useNow } from '../../../time/use-now.ts';
import { metricFiguresQuery } from '../metric-documents.ts';
import { type Bounds, boundsOf, type MetricView, stepOf } from './metric-view.ts';

/** A metric as it is looked at. Ranges that end now move on, and are asked for anew, each minute. */
export function useMetricFigures(metric: MetricPartsFragment, view: MetricView) {
  const bounds = boundsOf(view.range, useNow(60_000));
  const step = stepOf(view, bounds);
  // What an old address names may not be a dimension of the metric.
  const isKnown = (dimension: string) => metric.dimensions.includes(dimension);
  const asked = view.by.filter(isKnown);
  const by = asked.length > 0 ? asked : metric.dimensions.slice(0, 1);
  const query = useQuery(metricFiguresQuery, {
    variables: {
      id: metric.id,
      ...toInstants(bounds),
      step,
      where: view.where.filter(({ dimension }) => isKnown(dimension)),
      daysBefore: view.daysBefore,
      hasGroups: by.length > 0,
      by,
      limit: 10,
    },
    // Ranges are many, and each is looked at once.
    fetchPolicy: 'no-cache',
  });
  useAfterEachCount(metric.countingBefore, query.refetch);
  const data = query.data ?? query.previousData;
  return { ...query, range: data?.metric?.range, bounds, step, by };
}

/** While stored events are being counted, figures change without an event. */
function useAfterEachCount(
  countingBefore: string | null | undefined,
  refetch: () => Promise<unknown>,
): void {
  const seen = useRef(countingBefore);
  useEffect(() => {
    if (seen.current === countingBefore) return;
    seen.current = countingBefore;
    refetch().catch(() => {});
  }, [countingBefore, refetch]);
}

function toInstants({ from, to }: Bounds) {
  return { from: new Date(from).toISOString(), to: new Date(to).toISOString() };
}

export type MetricRange = NonNullable<ReturnType<typeof useMetricFigures>['range']>;
