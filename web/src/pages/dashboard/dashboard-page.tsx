import { useEffect } from 'react';
import { useParams } from 'react-router';
import { ButtonLink } from '../../components/button-link.tsx';
import { Page } from '../../components/page.tsx';
import { EmptyState, ErrorState, LoadingState } from '../../components/states.tsx';
import { useMay } from '../../shell/use-may.ts';
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
  const mayChange = useMay('write:analytics');
  return (
    <Page
      title={dashboard?.name ?? 'Dashboard'}
      width="wide"
      aside={
        <div className="flex items-center gap-2">
          <ConnectionStatus />
          {dashboard && mayChange && <EditLink id={id} />}
        </div>
      }
    >
      <DashboardTabs />
      {error && <ErrorState error={error} retry={refetch} />}
      {!dashboard && loading && <LoadingState />}
      {!dashboard && !loading && !error && <NoSuchDashboard />}
      {dashboard?.widgets.length === 0 && (
        <EmptyState
          title="This dashboard has no widgets"
          action={mayChange && <EditLink id={id} />}
        >
          A widget shows a metric: over time, as one figure, or by group.
        </EmptyState>
      )}
      {dashboard && <WidgetGrid widgets={dashboard.widgets} />}
    </Page>
  );
}

function NoSuchDashboard() {
  return (
    <EmptyState
      title="There is no such dashboard"
      action={
        <ButtonLink to="/" look="primary">
          Go to the first dashboard
        </ButtonLink>
      }
    >
      It may belong to another workspace, or the link may be old.
    </EmptyState>
  );
}

function EditLink({ id }: { id: string }) {
  return <ButtonLink to={`/dashboards/${id}/edit`}>Edit</ButtonLink>;
}
