/**
 * How gateways hand on what they counted of partners' operations: a hash in Redis whose values grow,
 * until users takes it away as a whole. The braces keep its successors in one slot of a cluster.
 */

/** Upper bounds of durations in milliseconds; what took longer is counted beyond the last. */
export const durationBounds = [
  1, 2, 5, 10, 20, 50, 100, 200, 500, 1_000, 2_000, 5_000, 10_000,
] as const;

/** Of one operation of one API client on one day (UTC). */
export interface OperationCounts {
  requests: number;
  errors: number;
  microseconds: number;
  /** One for each bound, and one for what took longer. */
  buckets: number[];
}

export interface CountedOperation {
  /** E.g. 2026-11-28. */
  day: string;
  client: string;
  /** Empty for what is not registered. */
  operation: string;
}

const base = '{identity:operation-usage}';
/** Where gateways add. */
export const usageKey = `${base}:counts`;
/** The ids of what users took away, until it is in the database. */
export const usageBatchesKey = `${base}:batches`;
export const usageBatchKey = (id: string): string => `${base}:batch:${id}`;

export const noCounts = (): OperationCounts => ({
  requests: 0,
  errors: 0,
  microseconds: 0,
  buckets: Array.from({ length: durationBounds.length + 1 }, () => 0),
});

/** The hash's fields that grow, each with by how much. */
export function toUsageFields(
  { day, client, operation }: CountedOperation,
  { requests, errors, microseconds, buckets }: OperationCounts,
): [field: string, growth: number][] {
  const figures = Object.entries({ requests, errors, microseconds }).concat(
    buckets.map((count, index) => [String(index), count]),
  );
  // The operation comes last, since an id may hold anything.
  return figures.flatMap(([figure, growth]): [string, number][] =>
    growth === 0 ? [] : [[`${day} ${client} ${figure} ${operation}`, growth]],
  );
}

const field = /^(\d{4}-\d\d-\d\d) (\S+) (\w+) (.*)$/s;

/** What a hash holds, by operation. Fields that are none of ours are passed over. */
export function readUsageFields(
  hash: Readonly<Record<string, string>>,
): (CountedOperation & OperationCounts)[] {
  const found = new Map<string, CountedOperation & OperationCounts>();
  for (const [name, value] of Object.entries(hash)) {
    const [, day = '', client = '', figure = '', operation = ''] = field.exec(name) ?? [];
    const growth = Number(value);
    if (day === '' || !Number.isSafeInteger(growth)) continue;
    const key = `${day} ${client} ${operation}`;
    const counts = found.get(key) ?? { day, client, operation, ...noCounts() };
    found.set(key, counts);
    add(counts, figure, growth);
  }
  return [...found.values()];
}

function add(counts: OperationCounts, figure: string, growth: number): void {
  if (figure === 'requests' || figure === 'errors' || figure === 'microseconds') {
    counts[figure] += growth;
  } else if (Number(figure) in counts.buckets) {
    counts.buckets[Number(figure)] = (counts.buckets[Number(figure)] ?? 0) + growth;
  }
}
