/**
 * How often API clients run which operation, and how that goes. Counted in memory and added to Redis
 * every few seconds, from where the users service takes it. A count may be added twice when Redis
 * goes away between doing it and saying so; what is not added yet when a gateway is killed is lost.
 */
import { type Logger, type Loop, type Principal, startLoop } from '@tributary/chassis';
import {
  type CountedOperation,
  durationBounds,
  noCounts,
  type OperationCounts,
  toUsageFields,
  usageKey,
} from '@tributary/operations';
import type { Redis } from 'ioredis';
import type { Resolution } from '../persisted/resolve-operation.ts';

export interface OperationUsage {
  /** Counts a run by how it ends, if it is an API client's; `operation` is undefined for what is not registered. */
  measure<Answer>(run: MeasuredRun<Answer>): Promise<Answer>;
  /** Adds what is left, and ends. */
  close(): Promise<void>;
}

export interface MeasuredRun<Answer> {
  principal: Principal;
  resolution: Resolution;
  run: () => Promise<Answer>;
  isOk: (answer: Answer) => boolean;
}

const pauseMilliseconds = 5_000;
const dayMilliseconds = 86_400_000;
/** Operations of partners and days, while Redis is away; more are not counted. */
const mostCounted = 100_000;

export function createOperationUsage(options: { redis: Redis; logger: Logger }): OperationUsage {
  const { redis, logger } = options;
  let day = { number: -1, text: '' };
  let counted = new Map<string, CountedOperation & OperationCounts>();

  function countsOf(counts: CountedOperation): (CountedOperation & OperationCounts) | undefined {
    const key = `${counts.day} ${counts.client} ${counts.operation}`;
    const known = counted.get(key);
    if (known || counted.size >= mostCounted) return known;
    const fresh = { ...counts, ...noCounts() };
    counted.set(key, fresh);
    return fresh;
  }

  /** Written once a day, since each request asks. */
  function today(): string {
    const number = Math.floor(Date.now() / dayMilliseconds);
    if (number !== day.number) {
      day = { number, text: new Date(number * dayMilliseconds).toISOString().slice(0, 10) };
    }
    return day.text;
  }

  async function flush(): Promise<void> {
    if (counted.size === 0) return;
    const taken = [...counted.values()];
    counted = new Map();
    try {
      const additions = redis.multi();
      for (const counts of taken) {
        for (const [field, growth] of toUsageFields(counts, counts)) {
          additions.hincrby(usageKey, field, growth);
        }
      }
      await additions.exec();
    } catch (error) {
      for (const counts of taken) addTo(countsOf(counts), counts);
      throw error;
    }
  }

  const loop: Loop = startLoop({
    run: async () => {
      await flush();
      return false;
    },
    pauseMilliseconds,
    onError: (error) => logger.warn({ err: error }, 'usage of operations waits for Redis'),
  });

  function count(counts: OperationCounts | undefined, milliseconds: number, ok: boolean): void {
    if (!counts) return;
    counts.requests += 1;
    counts.errors += ok ? 0 : 1;
    counts.microseconds += Math.round(milliseconds * 1_000);
    const bucket = bucketOf(milliseconds);
    counts.buckets[bucket] = (counts.buckets[bucket] ?? 0) + 1;
  }

  return {
    async measure({ principal, resolution, run, isOk }) {
      if (principal.kind !== 'client') return run();
      const startedAt = performance.now();
      let ok = false;
      try {
        const answer = await run();
        ok = isOk(answer);
        return answer;
      } finally {
        const operation = nameOf(resolution);
        const counts = countsOf({ day: today(), client: principal.subject, operation });
        count(counts, performance.now() - startedAt, ok);
      }
    },
    async close() {
      await loop.stop();
      await flush();
    },
  };
}

/** Other names would be a client's to make up. */
function nameOf(resolution: Resolution): string {
  const isRegistered = resolution.kind === 'resolved' && resolution.registered;
  return isRegistered ? (resolution.id ?? '') : '';
}

function bucketOf(milliseconds: number): number {
  const index = durationBounds.findIndex((bound) => milliseconds <= bound);
  return index === -1 ? durationBounds.length : index;
}

function addTo(counts: OperationCounts | undefined, more: OperationCounts): void {
  if (!counts) return;
  counts.requests += more.requests;
  counts.errors += more.errors;
  counts.microseconds += more.microseconds;
  counts.buckets = counts.buckets.map((count, index) => count + (more.buckets[index] ?? 0));
}
