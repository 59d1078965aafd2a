const deepest = 64;

/** A value of Parquet as JSON would hold it: large whole numbers as text, bytes as base64; times stay dates. */
export function plainValue(value: unknown, level = 1): unknown {
  if (typeof value === 'bigint') return plainNumber(value);
  if (typeof value !== 'object' || value === null || value instanceof Date) return value;
  if (value instanceof Uint8Array) return Buffer.from(value).toString('base64');
  // Deeper values are refused when the event is checked.
  if (level > deepest) return value;
  if (Array.isArray(value)) return value.map((one) => plainValue(one, level + 1));
  return Object.fromEntries(
    Object.entries(value).map(([name, one]) => [name, plainValue(one, level + 1)]),
  );
}

function plainNumber(value: bigint): number | string {
  const number = Number(value);
  return Number.isSafeInteger(number) ? number : String(value);
}
