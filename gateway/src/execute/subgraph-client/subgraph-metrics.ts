import { Counter, Gauge, Histogram, type Registry } from 'prom-client';
import type { BreakerState } from './breaker.ts';
import type { FailureKind } from './subgraph-failure.ts';

/** `errors`: answered, with GraphQL errors; `cancelled`: every asker left; the rest says why there is no answer. */
export type FetchOutcome = 'ok' | 'errors' | 'cancelled' | FailureKind;

/** What is counted of one subgraph. */
export interface SubgraphMetrics {
  ended(outcome: FetchOutcome, seconds: number): void;
  shared(): void;
  retried(): void;
  breaker(state: BreakerState): void;
  /** `waiting` is asked whenever metrics are read. */
  queue(waiting: () => number): void;
}

/** By the subgraph's name. Made once a process; the series of a name go on when its client is replaced. */
export type MetricsOfSubgraph = (subgraph: string) => SubgraphMetrics;

const breakerStates = { closed: 0, half_open: 1, open: 2 } as const;

export function createSubgraphMetrics(registry: Registry): MetricsOfSubgraph {
  const queues = new Map<string, () => number>();
  const of = { labelNames: ['subgraph' as const], registers: [registry] };
  const fetches = new Counter({
    name: 'gateway_subgraph_fetches_total',
    help: 'Fetches by subgraph and outcome; one that was retried counts once.',
    labelNames: ['subgraph', 'outcome'],
    registers: [registry],
  });
  const durations = new Histogram({
    name: 'gateway_subgraph_fetch_duration_seconds',
    help: 'Time of a fetch, its waiting and retries included.',
    buckets: [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10, 30],
    ...of,
  });
  const shared = new Counter({
    name: 'gateway_subgraph_shared_fetches_total',
    help: 'Fetches that took the answer of an identical one on its way.',
    ...of,
  });
  const retries = new Counter({
    name: 'gateway_subgraph_retries_total',
    help: 'Attempts after the first.',
    ...of,
  });
  const breaker = new Gauge({
    name: 'gateway_subgraph_breaker_state',
    help: '0 closed, 1 half open, 2 open.',
    ...of,
  });
  new Gauge({
    name: 'gateway_subgraph_queue_length',
    help: 'Fetches that wait for a free connection.',
    ...of,
    collect() {
      for (const [subgraph, waiting] of queues) this.set({ subgraph }, waiting());
    },
  });

  return (subgraph) => {
    const duration = durations.labels({ subgraph });
    const ok = fetches.labels({ subgraph, outcome: 'ok' });
    breaker.set({ subgraph }, breakerStates.closed);
    return {
      ended(outcome, seconds) {
        if (outcome === 'ok') ok.inc();
        else fetches.inc({ subgraph, outcome });
        duration.observe(seconds);
      },
      shared: () => shared.inc({ subgraph }),
      retried: () => retries.inc({ subgraph }),
      breaker: (state) => breaker.set({ subgraph }, breakerStates[state]),
      queue: (waiting) => void queues.set(subgraph, waiting),
    };
  };
}
