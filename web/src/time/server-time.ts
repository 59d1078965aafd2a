/**
 * The server's clock as far as the browser can tell. Freshness compares the server's times with
 * now, and a laptop's clock that is a minute off would call everything stalled. `Date` headers have
 * a resolution of a second, so only an offset beyond that is corrected.
 */
const noticeable = 2_000;
let offset = 0;

/** Milliseconds since the epoch by the server's clock. */
export function serverNow(): number {
  return Date.now() + offset;
}

/** `fetch` that learns the server's time from each answer. */
export async function fetchWithServerTime(
  input: RequestInfo | URL,
  init?: RequestInit,
): Promise<Response> {
  const response = await fetch(input, init);
  const measured = offsetFrom(response.headers.get('date'), Date.now());
  if (measured !== undefined) offset = measured;
  return response;
}

/** The server's offset in milliseconds: 0 when too small to tell, undefined when unknown. */
export function offsetFrom(dateHeader: string | null, now: number): number | undefined {
  const date = Date.parse(dateHeader ?? '');
  if (Number.isNaN(date)) return undefined;
  return Math.abs(date - now) < noticeable ? 0 : date - now;
}
