import { lazy, Suspense } from 'react';
import { chartBox } from '../../../charts/chart-box.ts';

/** With ECharts, which is loaded when first needed. */
const RangeLines = lazy(() => import('./range-lines.tsx'));

export function RangeChart(props: Parameters<typeof RangeLines>[0]) {
  return (
    <Suspense fallback={<div className={chartBox} />}>
      <RangeLines {...props} />
    </Suspense>
  );
}
