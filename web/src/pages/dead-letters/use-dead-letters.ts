import { useQuery } from '@apollo/client/react';
import type { DeadLetterStatus, DeadLettersQuery } from '../../generated/graphql.ts';
import { useRefetchOnReturn } from '../../graph/use-refetch-on-return.ts';
import { deadLettersQuery } from './dead-letter-documents.ts';

export type DeadLetter = NonNullable<
  DeadLettersQuery['workspace']
>['deadLetters']['edges'][number]['node'];

export function useDeadLetters(status: DeadLetterStatus | null) {
  const { data, error, loading, refetch, fetchMore } = useQuery(deadLettersQuery, {
    variables: { status },
    fetchPolicy: 'cache-and-network',
    nextFetchPolicy: 'cache-first',
  });
  useRefetchOnReturn(refetch);
  const connection = data?.workspace?.deadLetters;
  return {
    deadLetters: connection?.edges.map(({ node }) => node),
    pageInfo: connection?.pageInfo,
    error,
    loading,
    refetch,
    loadMore: (after: string) => fetchMore({ variables: { status, after } }),
  };
}
