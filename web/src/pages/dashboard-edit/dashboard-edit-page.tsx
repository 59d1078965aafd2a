import { useQuery } from '@apollo/client/react';
import { useState } from 'react';
import { useParams } from 'react-router';
import { ButtonLink } from '../../components/button-link.tsx';
import { Page } from '../../components/page.tsx';
import { Panel, Section } from '../../components/panel.tsx';
import { EmptyState, ErrorState, LoadingState } from '../../components/states.tsx';
import type { EditedDashboardFragment } from '../../generated/graphql.ts';
import { OnlyWith } from '../../shell/only-with.tsx';
import { editedDashboardQuery } from './dashboard-edit-documents.ts';
import { DeleteDashboard } from './delete-dashboard.tsx';
import { RenameDashboardForm } from './rename-dashboard-form.tsx';
import { useAllMetrics } from './use-all-metrics.ts';
import { WidgetForm } from './widget-form.tsx';
import { WidgetList } from './widget-list.tsx';

/** Everything about a dashboard but its figures. Each change is kept at once. */
export function DashboardEditPage() {
  const { id = '' } = useParams();
  const { data, error, refetch } = useQuery(editedDashboardQuery, {
    variables: { id },
    fetchPolicy: 'cache-and-network',
    nextFetchPolicy: 'cache-first',
  });
  const dashboard = data?.dashboard;
  return (
    <Page
      title={dashboard ? `Edit ${dashboard.name}` : 'Edit a dashboard'}
      description="Each change is kept at once."
      aside={
        <ButtonLink to={`/dashboards/${id}`} look="primary">
          Show it
        </ButtonLink>
      }
    >
      {error && <ErrorState error={error} retry={refetch} />}
      {!data && !error && <LoadingState />}
      {data && !dashboard && (
        <EmptyState title="There is no such dashboard">
          It may have been deleted, or belong to another workspace.
        </EmptyState>
      )}
      {dashboard && (
        <OnlyWith scopes={['write:analytics']}>
          <DashboardEditor key={dashboard.id} dashboard={dashboard} />
        </OnlyWith>
      )}
    </Page>
  );
}

function DashboardEditor({ dashboard }: { dashboard: EditedDashboardFragment }) {
  const { metrics, error, retry } = useAllMetrics();
  const [first] = metrics ?? [];
  const [added, setAdded] = useState(0);
  return (
    <>
      {error !== undefined && <ErrorState error={error} retry={retry} />}
      <Section title="Widgets">
        {dashboard.widgets.length === 0 ? (
          <EmptyState title="No widgets yet">Add the first below.</EmptyState>
        ) : (
          <WidgetList dashboard={dashboard} metrics={metrics ?? []} />
        )}
      </Section>
      <Section title="Add a widget">
        {metrics && !first && <NoMetrics />}
        {metrics && first && (
          <Panel className="p-4">
            {/* After each widget that is added the form is a new one. */}
            <WidgetForm
              key={added}
              dashboardId={dashboard.id}
              metrics={metrics}
              first={first}
              onDone={() => setAdded(added + 1)}
            />
          </Panel>
        )}
      </Section>
      <Section title="Dashboard">
        <Panel className="grid gap-4 p-4">
          <RenameDashboardForm dashboard={dashboard} />
          <div className="border-t border-line pt-4">
            <DeleteDashboard dashboard={dashboard} />
          </div>
        </Panel>
      </Section>
    </>
  );
}

function NoMetrics() {
  return (
    <EmptyState
      title="There is no metric to show"
      action={
        <ButtonLink to="/analytics/metrics/new" look="primary">
          New metric
        </ButtonLink>
      }
    >
      A widget shows a metric.
    </EmptyState>
  );
}
