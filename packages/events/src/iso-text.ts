/**
 * An instant in RFC 3339 as Date writes it: in UTC, to the millisecond. Most come so, and then the text is
 * kept, for to write it anew costs a microsecond.
 */
export function isoText(instant: string, date: Date): string {
  const isWrittenSo = instant.length === '2026-01-01T00:00:00.000Z'.length && instant.endsWith('Z');
  return isWrittenSo ? instant : date.toISOString();
}
