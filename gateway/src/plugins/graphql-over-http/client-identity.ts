import type { IncomingHttpHeaders } from 'node:http';
import type { ClientIdentity } from '../../operations/persisted/operation-source.ts';

/** Which application asks, as it says itself; Apollo's clients send this header. */
export function clientIdentity(headers: IncomingHttpHeaders): ClientIdentity {
  const name = headers['apollographql-client-name'] ?? headers['graphql-client-name'];
  return { name: typeof name === 'string' ? name : undefined, verified: false };
}
