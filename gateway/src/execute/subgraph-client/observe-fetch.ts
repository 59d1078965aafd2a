import type { Context } from '../../context.ts';
import type { Span } from '../../telemetry/span.ts';
import type { Telemetry } from '../../telemetry/telemetry.ts';
import type { SubgraphAnswer } from './subgraph-answer.ts';
import { SubgraphFailure } from './subgraph-failure.ts';
import type { SubgraphMetrics } from './subgraph-metrics.ts';
import type { SubgraphRequest } from './subgraph-request.ts';

/** What is told of one fetch to metrics, traces and, when it fails, to the log: once, however many asked. */
export interface ObservedFetch {
  span: Span;
  answered(answer: Pick<SubgraphAnswer, 'errors'>): void;
  failed(error: unknown): void;
}

export function observeFetch(
  { name, metrics, telemetry }: { name: string; metrics: SubgraphMetrics; telemetry: Telemetry },
  request: SubgraphRequest,
  { logger, span: parent }: Context,
): ObservedFetch {
  const startedAt = performance.now();
  const seconds = () => (performance.now() - startedAt) / 1_000;
  const span = telemetry.span('fetch', parent, {
    'tributary.subgraph': name,
    'graphql.operation.type': request.kind,
    'graphql.operation.name': request.operationName,
  });
  return {
    span,
    answered({ errors }) {
      metrics.ended(errors ? 'errors' : 'ok', seconds());
      span.end();
    },
    failed(error) {
      const kind = error instanceof SubgraphFailure ? error.kind : 'cancelled';
      metrics.ended(kind, seconds());
      span.fail(kind);
      // An open breaker was told when it opened, and a client that left is no news.
      const level = kind === 'breaker_open' || kind === 'cancelled' ? 'debug' : 'warn';
      logger[level]({ subgraph: name, failure: kind, err: error }, 'a fetch has no answer');
    },
  };
}
