import type { ShownClient } from './shown-client.ts';

export type Usage = ShownClient['usage'][number];

export interface DayOfUsage {
  /** E.g. 2026-11-28. */
  day: string;
  requests: number;
  errors: number;
}

const dayMilliseconds = 86_400_000;

/** The days until `now`, the oldest first, each with all operations together. */
export function sumByDay(usage: readonly Usage[], days: number, now: number): DayOfUsage[] {
  const byDay = Map.groupBy(usage, ({ day }) => day);
  return Array.from({ length: days }, (_, index) => {
    const instant = new Date(now - (days - 1 - index) * dayMilliseconds);
    const day = instant.toISOString().slice(0, 10);
    return { day, ...sum(byDay.get(day) ?? []) };
  });
}

export interface OperationTotal {
  /** Null for what is not registered. */
  operationId: string | null;
  requests: number;
  errors: number;
  meanMilliseconds: number;
  /** Of its slowest day; null when it lies beyond what is counted. */
  p95Milliseconds: number | null;
}

/** All days of each operation together, the most asked first. */
export function sumByOperation(usage: readonly Usage[]): OperationTotal[] {
  const byOperation = Map.groupBy(usage, ({ operationId }) => operationId ?? null);
  return [...byOperation]
    .map(([operationId, days]) => {
      const total = sum(days);
      const spent = days.reduce((all, day) => all + day.meanMilliseconds * day.requests, 0);
      const slowest = days.map(
        ({ p95Milliseconds }) => p95Milliseconds ?? Number.POSITIVE_INFINITY,
      );
      const p95 = Math.max(...slowest);
      return {
        operationId,
        ...total,
        meanMilliseconds: total.requests === 0 ? 0 : spent / total.requests,
        p95Milliseconds: Number.isFinite(p95) ? p95 : null,
      };
    })
    .toSorted((one, other) => other.requests - one.requests);
}

function sum(usage: readonly Usage[]): { requests: number; errors: number } {
  return usage.reduce(
    (all, { requests, errors }) => ({
      requests: all.requests + requests,
      errors: all.errors + errors,
    }),
    { requests: 0, errors: 0 },
  );
}
