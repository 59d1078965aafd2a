import { useQuery } from '@apollo/client/react';
import { alertsQuery } from './alert-documents.ts';

/** Alerts, firing first, and rules. Kept current by the notification stream of the shell. */
export function useAlerts() {
  const { data, error, loading, refetch, fetchMore } = useQuery(alertsQuery, {
    fetchPolicy: 'cache-and-network',
    nextFetchPolicy: 'cache-first',
  });
  const workspace = data?.workspace;
  return {
    active: workspace && [...workspace.firing.edges, ...workspace.pending.edges].map(toNode),
    resolved: workspace?.resolved.edges.map(toNode),
    pageInfo: workspace?.resolved.pageInfo,
    rules: workspace?.alertRules,
    error,
    loading,
    refetch,
    loadMore: (after: string) => fetchMore({ variables: { after } }),
  };
}

const toNode = <Node>({ node }: { node: Node }): Node => node;
