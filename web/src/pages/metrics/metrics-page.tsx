import { useQuery } from '@apollo/client/react';
import { ButtonLink } from '../../components/button-link.tsx';
import { LoadMore } from '../../components/load-more.tsx';
import { Page } from '../../components/page.tsx';
import { EmptyState, ErrorState, LoadingState } from '../../components/states.tsx';
import { metricsQuery } from '../../metrics/metrics-query.ts';
import { useMay } from '../../shell/use-may.ts';
import { MetricList } from './metric-list.tsx';

/** Every number that is kept of the workspace's events, the newest first. */
export function MetricsPage() {
  const { data, error, refetch, fetchMore } = useQuery(metricsQuery, {
    variables: { first: 50 },
    fetchPolicy: 'cache-and-network',
  });
  const mayCreate = useMay('write:analytics');
  const connection = data?.workspace?.metrics;
  const metrics = connection?.edges.map(({ node }) => node);
  return (
    <Page
      title="Metrics"
      description="Numbers that are kept up to date as events arrive."
      aside={
        mayCreate && (
          <ButtonLink to="/analytics/metrics/new" look="primary">
            New metric
          </ButtonLink>
        )
      }
    >
      {error && <ErrorState error={error} retry={refetch} />}
      {!metrics && !error && <LoadingState />}
      {metrics?.length === 0 && <NoMetrics mayCreate={mayCreate} />}
      {metrics && metrics.length > 0 && <MetricList metrics={metrics} />}
      {connection && (
        <LoadMore
          pageInfo={connection.pageInfo}
          load={(after) => fetchMore({ variables: { after } })}
        />
      )}
    </Page>
  );
}

function NoMetrics({ mayCreate }: { mayCreate: boolean | undefined }) {
  return (
    <EmptyState
      title="No metrics yet"
      action={
        mayCreate && (
          <ButtonLink to="/analytics/metrics/new" look="primary">
            Make the first
          </ButtonLink>
        )
      }
    >
      A metric counts the events of a source: how many, the average of a field, its 95th percentile.
      Events that are stored already are counted, too.
    </EmptyState>
  );
}
