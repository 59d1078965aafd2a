import { useQuery } from '@apollo/client/react';
import { useEffect } from 'react';
import { Navigate } from 'react-router';
import { ButtonLink } from '../../components/button-link.tsx';
import { Page } from '../../components/page.tsx';
import { EmptyState, ErrorState, LoadingState } from '../../components/states.tsx';
import { dashboardsQuery } from '../../dashboards/dashboards-query.ts';
import { useMay } from '../../shell/use-may.ts';
import { loadTimeSeries } from '../dashboard/widgets/load-time-series.ts';

/** Leads to the first dashboard; says how to make one where there is none. */
export function HomePage() {
  const { data, error, loading, refetch } = useQuery(dashboardsQuery, {
    fetchPolicy: 'cache-and-network',
  });
  useEffect(() => void loadTimeSeries(), []);
  const first = data?.workspace?.dashboards.edges[0]?.node;
  if (first) return <Navigate to={`/dashboards/${first.id}`} replace />;
  return (
    <Page title="Dashboards" width="wide">
      {loading && <LoadingState />}
      {error && <ErrorState error={error} retry={refetch} />}
      {!loading && !error && <NoDashboards />}
    </Page>
  );
}

function NoDashboards() {
  const mayCreate = useMay('write:analytics');
  return (
    <EmptyState
      title="This workspace has no dashboards yet"
      action={
        mayCreate && (
          <ButtonLink to="/dashboards/new" look="primary">
            New dashboard
          </ButtonLink>
        )
      }
    >
      A dashboard shows metrics as events arrive. Open a source, send it events, define a metric
      over them, then show it.
    </EmptyState>
  );
}
