/** All in milliseconds; undefined when nothing was measured. */
export interface Latencies {
  p50: number | undefined;
  p95: number | undefined;
  p99: number | undefined;
}

export function summarise(milliseconds: number[]): Latencies {
  const sorted = Float64Array.from(milliseconds).sort();
  const at = (share: number) =>
    sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))];
  return { p50: at(0.5), p95: at(0.95), p99: at(0.99) };
}
