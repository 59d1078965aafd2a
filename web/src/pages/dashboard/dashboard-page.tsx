import { useEffect } from 'react';
import { Link, useParams } from 'react-router';
import { buttonClass } from '../../components/button.tsx';
import { Page } from '../../components/page.tsx';
import { EmptyState, ErrorState, LoadingState } from '../../components/states.tsx';
import { ConnectionStatus } from './connection-status.tsx';
import { DashboardTabs } from './dashboard-tabs.tsx';
import { useDashboard } from './live/use-dashboard.ts';
import { WidgetGrid } from './widget-grid.tsx';
import { loadTimeSeries } from './widgets/load-time-series.ts';

export function DashboardPage() {
  const { id = '' } = useParams();
  useEffect(() => void loadTimeSeries(), []);
  return <DashboardView key={id} id={id} />;
}

function DashboardView({ id }: { id: string }) {
  const { data, error, loading, refetch } = useDashboard(id);
  const dashboard = data?.dashboard;
  return (
    <Page title={dashboard?.name ?? 'Dashboard'} width="wide" aside={<ConnectionStatus />}>
      <DashboardTabs />
      {error && <ErrorState error={error} retry={refetch} />}
      {!dashboard && loading && <LoadingState />}
      {!dashboard && !loading && !error && <NoSuchDashboard />}
      {dashboard?.widgets.length === 0 && <NoWidgets />}
      {dashboard && <WidgetGrid widgets={dashboard.widgets} />}
    </Page>
  );
}

function NoSuchDashboard() {
  return (
    <EmptyState
      title="There is no such dashboard"
      action={
        <Link to="/" className={buttonClass('primary')}>
          Go to the first dashboard
        </Link>
      }
    >
      It may belong to another workspace, or the link may be old.
    </EmptyState>
  );
}

function NoWidgets() {
  return (
    <EmptyState title="This dashboard has no widgets">
      Widgets are given when a dashboard is created, with the mutation createDashboard.
    </EmptyState>
  );
}
