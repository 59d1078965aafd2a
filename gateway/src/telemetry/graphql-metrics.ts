import type { Service } from '@tributary/chassis';
import { Counter, Histogram } from 'prom-client';

/**
 * `ok`: without errors; `errors`: answered with GraphQL errors;
 * `refused`: not let in, e.g. a bad token or no GraphQL at all.
 */
export type Outcome = 'ok' | 'errors' | 'refused';

export interface GraphQLMetrics {
  count(outcome: Outcome): void;
  /** Counts it too. Seconds from the parsed request to its answer. */
  observe(outcome: Outcome, seconds: number): void;
}

export function createGraphQLMetrics({ metrics }: Service): GraphQLMetrics {
  const requests = new Counter({
    name: 'graphql_requests_total',
    help: 'GraphQL requests over HTTP by outcome.',
    labelNames: ['outcome'],
    registers: [metrics],
  });
  const durations = new Histogram({
    name: 'graphql_request_duration_seconds',
    help: 'Time from a parsed GraphQL request to its answer.',
    labelNames: ['outcome'],
    buckets: [0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10],
    registers: [metrics],
  });
  return {
    count: (outcome) => requests.inc({ outcome }),
    observe(outcome, seconds) {
      requests.inc({ outcome });
      durations.observe({ outcome }, seconds);
    },
  };
}
