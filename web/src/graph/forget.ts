import type { ApolloCache } from '@apollo/client';

/** Takes what was deleted out of the cache; queries that held it are asked again when next shown. */
export function forget(cache: ApolloCache, type: string, id: string): void {
  const known = cache.identify({ __typename: type, id });
  if (known === undefined) return;
  cache.evict({ id: known });
  cache.gc();
}
