/** JSON with sorted keys and no white space, so that one value has one text (RFC 8785, for what is kept here). */
export function canonicalJson(value: unknown): string {
  return JSON.stringify(value, (_, held) => (isRecord(held) ? sortKeys(held) : held));
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function sortKeys(record: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(record).toSorted(([a], [b]) => (a < b ? -1 : 1)));
}
