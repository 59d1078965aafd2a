import type { ClientFacts, Logger, Principal } from '@tributary/chassis';
import type { ClientBudgets } from './identity/client-budgets.ts';
import type { Span } from './telemetry/span.ts';

/** What is known of a request, or of a subscription, while it runs. */
export interface Context {
  principal: Principal;
  /** Of API keys only. */
  budgets?: ClientBudgets | undefined;
  requestId: string;
  /** Where the request came from; subgraphs are told. Undefined where that is not known. */
  client?: ClientFacts | undefined;
  logger: Logger;
  /** Aborted when nobody waits for the answer any more. */
  signal?: AbortSignal | undefined;
  /** The request's span; what the gateway does for the request is told below it. */
  span?: Span | undefined;
}
