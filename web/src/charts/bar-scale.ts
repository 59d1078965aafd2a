/** Where a bar begins and how long it is, in percent of the track. */
export interface BarExtent {
  start: number;
  length: number;
}

/** Lays values on one scale that always holds zero; negative bars end where positive ones begin. */
export function barExtents(values: readonly number[]): BarExtent[] {
  const lowest = Math.min(0, ...values);
  const span = Math.max(0, ...values) - lowest || 1;
  return values.map((value) => ({
    start: ((Math.min(0, value) - lowest) / span) * 100,
    length: (Math.abs(value) / span) * 100,
  }));
}
