import type { Logger, Principal } from '@tributary/chassis';

/** What is known of a request, or of a subscription, while it runs. */
export interface Context {
  principal: Principal;
  requestId: string;
  logger: Logger;
  /** Aborted when nobody waits for the answer any more. */
  signal?: AbortSignal | undefined;
}
