/** What is needed of a metric to write its values. */
export interface ValueFormat {
  unit: string;
  aggregation: string;
}

const whole = new Intl.NumberFormat('en', { maximumFractionDigits: 0 });
const tenths = new Intl.NumberFormat('en', { maximumFractionDigits: 1 });
const oneDecimal = new Intl.NumberFormat('en', {
  minimumFractionDigits: 1,
  maximumFractionDigits: 1,
});
const hundredths = new Intl.NumberFormat('en', { maximumFractionDigits: 2 });
const compact = new Intl.NumberFormat('en', { notation: 'compact', maximumFractionDigits: 1 });

/** e.g. 1,234 · 56.7 · 0.35: as many decimals as tell values of that size apart. */
export function formatNumber(value: number): string {
  const size = Math.abs(value);
  if (size >= 1_000) return whole.format(value);
  return (size >= 1 ? tenths : hundredths).format(value);
}

/** As above, but with the decimal of 31.0, so that averages line up below each other. */
function formatAverage(value: number): string {
  const size = Math.abs(value);
  return size >= 1 && size < 1_000 ? oneDecimal.format(value) : formatNumber(value);
}

/** For an axis: e.g. 1.2K. */
export const formatCompact = (value: number): string => compact.format(value);

export const formatPercent = (share: number): string => `${tenths.format(share * 100)}%`;

/** The figure and its unit apart, so that they can be set in different sizes. SHARE reads as percent. */
export function valueParts(
  value: number,
  { unit, aggregation }: ValueFormat,
): { figure: string; unit: string } {
  if (aggregation === 'SHARE') return { figure: formatPercent(value), unit: '' };
  return { figure: aggregation === 'AVERAGE' ? formatAverage(value) : formatNumber(value), unit };
}

export function formatValue(value: number, format: ValueFormat): string {
  const { figure, unit } = valueParts(value, format);
  return unit ? `${figure} ${unit}` : figure;
}
