import { plainDecimal } from './plain-decimal.ts';

/** An event's `data`. */
export type Data = Readonly<Record<string, unknown>>;

export function numberAt(data: Data, field: string | null): number | undefined {
  const value = valueAt(data, field);
  return typeof value === 'number' && Number.isFinite(value) ? value : undefined;
}

/** A text, a number or a truth value as text; undefined for all else. */
export function textAt(data: Data, field: string | null): string | undefined {
  const value = valueAt(data, field);
  if (typeof value === 'string') return value;
  if (typeof value === 'number' && Number.isFinite(value)) return plainDecimal(value);
  return typeof value === 'boolean' ? String(value) : undefined;
}

/** What objects inherit is no text, number or truth value, so it needs no question whose it is. */
function valueAt(data: Data, field: string | null): unknown {
  return field === null ? undefined : data[field];
}
