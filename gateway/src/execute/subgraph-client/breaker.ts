import {
  BrokenCircuitError,
  CircuitState,
  circuitBreaker,
  handleWhen,
  SamplingBreaker,
} from 'cockatiel';
import { SubgraphFailure } from './subgraph-failure.ts';
import type { SubgraphSettings } from './subgraph-settings.ts';

export type BreakerState = 'closed' | 'half_open' | 'open';

export type Breaker = <Answer>(attempt: () => Promise<Answer>) => Promise<Answer>;

/** While it is open, fetches fail at once; one probe after `openFor` decides whether it closes. */
export function createBreaker(
  settings: SubgraphSettings['breaker'],
  { onState }: { onState: (state: BreakerState) => void },
): Breaker {
  const policy = circuitBreaker(
    // A probe that ends without an answer, e.g. since its client left, has shown nothing: it stays open.
    handleWhen((error) => policy.state === CircuitState.HalfOpen || speaksAgainst(error)),
    {
      halfOpenAfter: settings.openFor,
      breaker: new SamplingBreaker({
        threshold: settings.failures,
        duration: settings.window,
        minimumRps: settings.minimumFetches / (settings.window / 1_000),
      }),
    },
  );
  policy.onStateChange((state) => onState(nameOf(state)));
  return async (attempt) => {
    // Others would wait for the probe otherwise, and it may hang.
    if (policy.state === CircuitState.HalfOpen) throw isOpen();
    return policy.execute(attempt).catch((error: unknown) => {
      throw error instanceof BrokenCircuitError ? isOpen() : error;
    });
  };
}

function speaksAgainst(error: unknown): boolean {
  return error instanceof SubgraphFailure && error.counts;
}

function isOpen(): SubgraphFailure {
  return new SubgraphFailure('breaker_open', 'the circuit breaker is open');
}

function nameOf(state: CircuitState): BreakerState {
  switch (state) {
    case CircuitState.Closed:
      return 'closed';
    case CircuitState.HalfOpen:
      return 'half_open';
    case CircuitState.Open:
    case CircuitState.Isolated:
      return 'open';
  }
}
