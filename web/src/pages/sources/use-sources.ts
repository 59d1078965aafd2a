import { useQuery } from '@apollo/client/react';
import { useRefetchOnReturn } from '../../graph/use-refetch-on-return.ts';
import { sourcesQuery } from './sources-query.ts';

export function useSources() {
  const { data, error, loading, refetch, fetchMore } = useQuery(sourcesQuery, {
    fetchPolicy: 'cache-and-network',
    nextFetchPolicy: 'cache-first',
    // Nothing pushes these figures; a page that nobody looks at asks for none.
    pollInterval: 5_000,
    skipPollAttempt: () => document.hidden,
  });
  useRefetchOnReturn(refetch);
  const connection = data?.workspace?.sources;
  return {
    sources: connection?.edges.map(({ node }) => node),
    pageInfo: connection?.pageInfo,
    error,
    loading,
    refetch,
    loadMore: (after: string) => fetchMore({ variables: { after } }),
  };
}
