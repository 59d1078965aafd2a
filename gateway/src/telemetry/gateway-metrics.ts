import { Counter, Histogram, type Registry } from 'prom-client';
import { createOperationLabels } from './operation-labels.ts';

/**
 * `ok`: without errors; `errors`: answered with GraphQL errors;
 * `refused`: not let in, e.g. a bad token, a limit or no GraphQL at all.
 */
export type RequestOutcome = 'ok' | 'errors' | 'refused';

/** What is counted of GraphQL requests. Times are in seconds. */
export interface GatewayMetrics {
  /** A request that was answered, whichever way it came. */
  answered(operationName: string | undefined, outcome: RequestOutcome, seconds: number): void;
  /** A request that came to no operation. */
  refused(): void;
  /** `operation`: compiled operations; `answer`: identical requests on their way; `document`: persisted texts. */
  cache(cache: 'operation' | 'answer' | 'document', result: 'hit' | 'miss'): void;
  planned(seconds: number): void;
  /** `limit` is from a closed list, e.g. `depth` or `rate:address`. */
  limited(limit: string): void;
}

const latencies = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10, 30];

export function createGatewayMetrics(registry: Registry): GatewayMetrics {
  const registers = [registry];
  const labels = createOperationLabels();
  const requests = new Counter({
    name: 'graphql_requests_total',
    help: 'GraphQL requests by outcome.',
    labelNames: ['outcome'],
    registers,
  });
  const durations = new Histogram({
    name: 'graphql_request_duration_seconds',
    help: 'Time from a parsed GraphQL request to its answer.',
    labelNames: ['operation', 'outcome'],
    buckets: latencies,
    registers,
  });
  const caches = new Counter({
    name: 'gateway_cache_lookups_total',
    help: 'Look-ups by cache and result.',
    labelNames: ['cache', 'result'],
    registers,
  });
  const plans = new Histogram({
    name: 'gateway_plan_duration_seconds',
    help: 'Time to plan an operation.',
    buckets: latencies,
    registers,
  });
  const limits = new Counter({
    name: 'gateway_limits_hit_total',
    help: 'Requests over a limit, by limit.',
    labelNames: ['limit'],
    registers,
  });
  // Finding a series by its labels costs more than counting does.
  const byOutcome = {
    ok: requests.labels({ outcome: 'ok' }),
    errors: requests.labels({ outcome: 'errors' }),
    refused: requests.labels({ outcome: 'refused' }),
  };
  const byCache = new Map<string, Counter.Internal>();
  return {
    answered(operationName, outcome, seconds) {
      byOutcome[outcome].inc();
      const operation = labels.labelOf(operationName, outcome === 'ok');
      durations.observe({ operation, outcome }, seconds);
    },
    refused: () => byOutcome.refused.inc(),
    cache(cache, result) {
      const key = cache + result;
      const series = byCache.get(key) ?? caches.labels({ cache, result });
      byCache.set(key, series);
      series.inc();
    },
    planned: (seconds) => plans.observe(seconds),
    limited: (limit) => limits.inc({ limit }),
  };
}
