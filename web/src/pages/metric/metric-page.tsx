import { useQuery } from '@apollo/client/react';
import { Link, useParams } from 'react-router';
import { ButtonLink } from '../../components/button-link.tsx';
import { Page } from '../../components/page.tsx';
import { EmptyState, ErrorState, LoadingState } from '../../components/states.tsx';
import { CountingNote } from '../../metrics/counting-note.tsx';
import { describeMetric } from '../../metrics/describe-metric.ts';
import { useMay } from '../../shell/use-may.ts';
import { ManageMetric } from './manage/manage-metric.tsx';
import { metricQuery } from './metric-documents.ts';
import { useProgress } from './use-progress.ts';
import { MetricFigures } from './view/metric-figures.tsx';

export function MetricPage() {
  const { id = '' } = useParams();
  return <MetricView key={id} id={id} />;
}

function MetricView({ id }: { id: string }) {
  const { data, error, refetch, startPolling, stopPolling } = useQuery(metricQuery, {
    variables: { id },
    fetchPolicy: 'cache-and-network',
    nextFetchPolicy: 'cache-first',
  });
  const metric = data?.metric;
  const mayChange = useMay('write:analytics');
  useProgress(metric?.countingBefore, { startPolling, stopPolling });
  return (
    <Page
      title={metric?.name ?? 'Metric'}
      description={
        <>
          {metric && `${describeMetric(metric)}. `}
          <Link to="/analytics/metrics" className="text-accent hover:underline">
            All metrics
          </Link>
        </>
      }
    >
      {error && <ErrorState error={error} retry={refetch} />}
      {!data && !error && <LoadingState />}
      {data && !metric && <NoSuchMetric />}
      {metric && (
        <>
          <p role="status" className="mb-3 empty:hidden">
            <CountingNote metric={metric} />
          </p>
          <MetricFigures metric={metric} />
          {mayChange && <ManageMetric metric={metric} />}
        </>
      )}
    </Page>
  );
}

function NoSuchMetric() {
  return (
    <EmptyState
      title="There is no such metric"
      action={
        <ButtonLink to="/analytics/metrics" look="primary">
          All metrics
        </ButtonLink>
      }
    >
      It may have been deleted, or belong to another workspace.
    </EmptyState>
  );
}
