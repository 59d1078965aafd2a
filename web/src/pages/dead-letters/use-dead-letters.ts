import { useQuery } from '@apollo/client/react';
import type {
  DeadLetterFilter,
  DeadLetterStatus,
  DeadLettersQuery,
} from '../../generated/graphql.ts';
import { useRefetchOnReturn } from '../../graph/use-refetch-on-return.ts';
import { deadLetterGroupsQuery, deadLettersQuery } from './dead-letter-documents.ts';

export type DeadLetter = NonNullable<
  DeadLettersQuery['workspace']
>['deadLetters']['edges'][number]['node'];

export function useDeadLetters(status: DeadLetterStatus | null, filter: DeadLetterFilter | null) {
  const variables = { status, filter };
  const { data, error, loading, refetch, fetchMore } = useQuery(deadLettersQuery, {
    variables,
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
    loadMore: (after: string) => fetchMore({ variables: { ...variables, after } }),
  };
}

/** Letters that wait for somebody, by cause. */
export function useDeadLetterGroups(status: DeadLetterStatus) {
  const { data, error, refetch } = useQuery(deadLetterGroupsQuery, {
    variables: { status },
    fetchPolicy: 'cache-and-network',
  });
  return { groups: data?.workspace?.deadLetterGroups ?? [], error, refetch };
}

export type DeadLetterGroup = ReturnType<typeof useDeadLetterGroups>['groups'][number];

/** The filter that a group's letters match. */
export function filterOf({ source, stage, field, cause }: DeadLetterGroup): DeadLetterFilter {
  return { sourceId: source.id, stage, field, cause };
}
