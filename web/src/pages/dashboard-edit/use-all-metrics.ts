import { useQuery } from '@apollo/client/react';
import { useEffect, useEffectEvent, useState } from 'react';
import { metricsQuery } from '../../metrics/metrics-query.ts';

/** All of the workspace's metrics, page by page; undefined until the first page is there. */
export function useAllMetrics() {
  const { data, error, refetch, fetchMore } = useQuery(metricsQuery, {
    variables: { first: 100 },
    fetchPolicy: 'cache-and-network',
    nextFetchPolicy: 'cache-first',
  });
  const connection = data?.workspace?.metrics;
  const next = connection?.pageInfo.hasNextPage ? connection.pageInfo.endCursor : null;
  const [failure, setFailure] = useState<unknown>();
  const goOn = useEffectEvent((after: string) =>
    fetchMore({ variables: { after } }).catch((reason: unknown) => setFailure(reason)),
  );
  useEffect(() => {
    if (next && failure === undefined) void goOn(next);
  }, [next, failure]);
  return {
    metrics: connection?.edges.map(({ node }) => node),
    error: error ?? failure,
    retry: () => (failure === undefined ? refetch() : setFailure(undefined)),
  };
}
