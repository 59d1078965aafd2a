import type { Logger, PassportSigner } from '@tributary/chassis';
import type { Context } from '../../context.ts';
import { type Deadline, type Flight, startFlight } from '../../flights/flight.ts';
import { createSharedFlights } from '../../flights/shared-flights.ts';
import { askerKey } from '../../identity/asker-key.ts';
import type { Span } from '../../telemetry/span.ts';
import type { Telemetry } from '../../telemetry/telemetry.ts';
import { createBreaker } from './breaker.ts';
import { createBulkhead } from './bulkhead.ts';
import { createConnections } from './connections.ts';
import { observeFetch } from './observe-fetch.ts';
import { createRequestHeaders } from './request-headers.ts';
import { createRetry } from './retry.ts';
import { readAnswer, type SubgraphAnswer } from './subgraph-answer.ts';
import { SubgraphFailure, toClientFailure } from './subgraph-failure.ts';
import type { SubgraphMetrics } from './subgraph-metrics.ts';
import type { SubgraphRequest } from './subgraph-request.ts';
import type { SubgraphSettings } from './subgraph-settings.ts';

/**
 * Sends an operation; passport, request id and trace context go along, nothing else of the client's request.
 * A mutation is sent once, shared with nobody, and not taken back when its client leaves.
 * @throws TributaryError: UNAVAILABLE, UPSTREAM_TIMEOUT, TOO_LARGE or INTERNAL; logged where it happened.
 * @throws the reason of the context's signal when the client that asked has left.
 */
export type SubgraphClient = (
  request: SubgraphRequest,
  context: Context,
) => Promise<SubgraphAnswer>;

export interface SubgraphClientOptions {
  name: string;
  url: string;
  settings: SubgraphSettings;
  /** Undefined where subgraphs ask for no passport. */
  signPassport: PassportSigner | undefined;
  /** Whether clients may not read which subgraph is away. */
  discreet: boolean;
  metrics: SubgraphMetrics;
  telemetry: Telemetry;
  logger: Logger;
}

type UnsharedAnswer = Omit<SubgraphAnswer, 'shared'>;

export function createSubgraphClient(options: SubgraphClientOptions): {
  fetch: SubgraphClient;
  /** Breaks what is on its way. */
  close(): Promise<void>;
} {
  const { name, settings, metrics, logger } = options;
  const flights = createSharedFlights<UnsharedAnswer>({
    onJoin: (shared) => shared && metrics.shared(),
  });
  const deadline: Deadline = {
    milliseconds: settings.timeout,
    missed: () => new SubgraphFailure('timeout', `no answer within ${settings.timeout} ms`),
  };
  const retry = createRetry(settings.retries, { onRetry: metrics.retried });
  const breaker = createBreaker(settings.breaker, {
    onState(state) {
      metrics.breaker(state);
      logger.warn({ subgraph: name, state }, 'a circuit breaker changed its state');
    },
  });
  const bulkhead = createBulkhead(settings);
  const headersOf = createRequestHeaders(options);
  const connections = createConnections({
    url: options.url,
    concurrency: settings.concurrency,
    largestAnswer: settings.largestAnswer,
    attemptTimeout: settings.retries.attemptTimeout,
  });
  metrics.queue(() => bulkhead.waiting);

  // What a fetch passes, from the last stage to the first.
  async function exchange(
    { body }: SubgraphRequest,
    context: Context,
    span: Span,
    signal: AbortSignal,
  ) {
    return readAnswer(await connections.post(await headersOf(context, span), body, signal));
  }

  function startFetch(request: SubgraphRequest, context: Context): Flight<UnsharedAnswer> {
    const observed = observeFetch(options, request, context);
    const flight = startFlight((signal) => {
      const attempt = () =>
        breaker(() =>
          bulkhead.run(() => exchange(request, context, observed.span, signal), signal),
        );
      return request.kind === 'query' ? retry(attempt, signal) : attempt();
    }, deadline);
    flight.answer.then(observed.answered, observed.failed);
    return flight;
  }

  async function fetch(request: SubgraphRequest, context: Context): Promise<SubgraphAnswer> {
    context.signal?.throwIfAborted();
    const query = request.kind === 'query';
    const start = () => startFetch(request, context);
    const flight = query ? flights.join(`${askerKey(context)}\n${request.body}`, start) : start();
    try {
      const { data, errors } = await flight.ask(query ? context.signal : undefined);
      return { data, errors, shared: flight.asked > 1 };
    } catch (error) {
      throw error instanceof SubgraphFailure ? toClientFailure(error, options) : error;
    }
  }

  return { fetch, close: connections.close };
}
