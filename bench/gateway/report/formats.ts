/** Three significant digits, as more would not come twice. */
export function milliseconds(value: number | undefined): string {
  return value === undefined || !Number.isFinite(value)
    ? '–'
    : `${Number(value.toPrecision(3))} ms`;
}

export const count = (value: number): string => Math.round(value).toLocaleString('en');

export const bytes = (value: number | undefined): string =>
  value === undefined ? '–' : `${Math.round(value / 2 ** 20)} MB`;

/** `1/25` for a twenty-fifth, `1.5` for half as much again. */
export function ratio(value: number, reference: number | undefined): string {
  if (reference === undefined || !Number.isFinite(value / reference)) return '–';
  return value < reference
    ? `1/${Number((reference / value).toPrecision(2))}`
    : (value / reference).toFixed(1);
}
