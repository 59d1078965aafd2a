import type { IncomingHttpHeaders } from 'node:http';
import { TributaryError } from '@tributary/errors';

/** A page of another site can send these only after asking the gateway first. */
const askingHeaders = [
  'apollo-require-preflight',
  'x-apollo-operation-name',
  'graphql-require-preflight',
];

const ownSites = new Set<unknown>([undefined, 'same-origin', 'none']);

/**
 * Keeps pages of other sites from making a visitor's browser send a GET: browsers say where a
 * request comes from, and what a stranger sends carries either no rights or cookies. A GET only reads,
 * its answer is hidden from other sites, and a token cannot be sent along without a preflight.
 * @throws TributaryError INVALID_INPUT with the header that helps.
 */
export function assertNoForgery(headers: IncomingHttpHeaders): void {
  if (askingHeaders.some((name) => headers[name] !== undefined)) return;
  const isOwn = ownSites.has(headers['sec-fetch-site']) && isJsonOrNone(headers['content-type']);
  if (isOwn && (headers.cookie === undefined || headers['sec-fetch-site'] !== undefined)) return;
  throw new TributaryError(
    'INVALID_INPUT',
    'This looks like a request that another site made a browser send. Send the header `apollo-require-preflight: true`.',
  );
}

/** A form's content type on a GET comes from no client of ours. */
function isJsonOrNone(contentType: string | undefined): boolean {
  return contentType === undefined || /^application\/json\b/i.test(contentType);
}
