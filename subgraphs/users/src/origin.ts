import type { ClientFacts } from '@tributary/chassis';

/** Where a request came from, as sessions and the audit log remember it. */
export interface Origin extends ClientFacts {
  requestId: string;
}
