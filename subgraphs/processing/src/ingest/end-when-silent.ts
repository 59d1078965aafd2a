import type { IncomingMessage } from 'node:http';

/** Longer than a body may keep us waiting, which is answered. */
const mostMilliseconds = 120_000;

/**
 * Ends the connection on which nothing moves: its answer may be one that nobody takes, and what is held
 * for it would be held for ever.
 */
export function endWhenSilent(request: IncomingMessage, milliseconds = mostMilliseconds): void {
  // Without a listener it is Node that ends it; the connection's next request begins without a limit.
  request.setTimeout(milliseconds);
}
