import { formatPercent, formatValue, type ValueFormat } from '../../../format/format-value.ts';

/** How a value stands to an earlier one, e.g. "+12% · 34 min before"; shares in points. */
export function describeChange(
  value: number | null,
  earlier: number | null,
  metric: ValueFormat,
): string {
  if (earlier === null) return 'no events before';
  const before = `${formatValue(earlier, metric)} before`;
  const change = changeOf(value, earlier, metric);
  return change ? `${change} · ${before}` : before;
}

function changeOf(
  value: number | null,
  earlier: number,
  { aggregation }: ValueFormat,
): string | undefined {
  if (value === null) return undefined;
  if (value === earlier) return 'unchanged';
  if (aggregation === 'SHARE') return `${signed((value - earlier) * 100)} points`;
  // Of nothing, and across zero, no percentage means anything.
  if (earlier === 0 || value / earlier < 0) return undefined;
  const share = value / earlier - 1;
  return `${share < 0 ? '−' : '+'}${formatPercent(Math.abs(share))}`;
}

function signed(points: number): string {
  const size = Math.abs(points).toLocaleString('en', { maximumFractionDigits: 1 });
  return `${points < 0 ? '−' : '+'}${size}`;
}
