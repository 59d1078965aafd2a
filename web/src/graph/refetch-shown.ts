import type { ApolloClient } from '@apollo/client';

/** Fetches queries of these names again where something on screen shows them. */
export function refetchShown(client: ApolloClient, names: readonly string[]): void {
  client
    .refetchQueries({
      include: 'active',
      onQueryUpdated: ({ queryName }) => queryName !== undefined && names.includes(queryName),
    })
    // Whoever shows the query shows its error, too.
    .catch(() => {});
}
