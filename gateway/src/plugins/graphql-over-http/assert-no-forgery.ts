import type { IncomingHttpHeaders } from 'node:http';
import { TributaryError } from '@tributary/errors';

/** A page of another site can send these only after asking the gateway first. */
const askingHeaders = [
  'apollo-require-preflight',
  'x-apollo-operation-name',
  'graphql-require-preflight',
];

const ownSites = new Set<unknown>(['same-origin', 'none']);

/**
 * Keeps pages of other sites from making a visitor's browser send a GET. Browsers say where a request
 * comes from; what says nothing and asks for no JSON by name may be an image, a form or a link.
 * @throws TributaryError FORBIDDEN with the header that helps.
 */
export function assertNoForgery(headers: IncomingHttpHeaders): void {
  if (askingHeaders.some((name) => headers[name] !== undefined)) return;
  const site = headers['sec-fetch-site'];
  if (site === undefined ? asksForJson(headers.accept) : ownSites.has(site)) return;
  throw new TributaryError(
    'INVALID_INPUT',
    'This looks like a request that another site made a browser send. Send the header `apollo-require-preflight: true`.',
  );
}

function asksForJson(accept: string | undefined): boolean {
  return /application\/(graphql-response\+)?json/.test(accept ?? '');
}
