import type { Aggregation } from './window-value.ts';

const large = new Intl.NumberFormat('en', { maximumFractionDigits: 2 });
const small = new Intl.NumberFormat('en', { maximumSignificantDigits: 3 });

/** A number as people write it, e.g. "1,234.57 min"; a share, which lies in 0 to 1, as "12.5%". */
export function describeQuantity(
  value: number,
  metric: { aggregation: Aggregation | null; unit: string | null },
): string {
  if (metric.aggregation === 'SHARE') return `${describeNumber(value * 100)}%`;
  return metric.unit ? `${describeNumber(value)} ${metric.unit}` : describeNumber(value);
}

function describeNumber(value: number): string {
  return Math.abs(value) >= 1 ? large.format(value) : small.format(value);
}
