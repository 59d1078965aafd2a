import type { IncomingMessage } from 'node:http';

const mostMilliseconds = 60_000;

/**
 * Ends the connection of a sender of which nothing is heard for a minute: it may be gone without a word,
 * and what is held for it would be held for ever.
 */
export function endWhenSilent(request: IncomingMessage, milliseconds = mostMilliseconds): void {
  // Without a listener it is Node that ends it; the connection's next request begins without a limit.
  request.setTimeout(milliseconds);
}
