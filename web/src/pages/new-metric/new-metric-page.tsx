import { useQuery } from '@apollo/client/react';
import { Link } from 'react-router';
import { ButtonLink } from '../../components/button-link.tsx';
import { Page } from '../../components/page.tsx';
import { EmptyState, ErrorState, LoadingState } from '../../components/states.tsx';
import { OnlyWith } from '../../shell/only-with.tsx';
import { useMay } from '../../shell/use-may.ts';
import { MetricForm } from './metric-form.tsx';
import { countableSourcesQuery } from './new-metric-documents.ts';

export function NewMetricPage() {
  const withTypes = useMay('read:pipelines');
  const { data, error, refetch } = useQuery(countableSourcesQuery, {
    variables: { withTypes: withTypes ?? false },
    skip: withTypes === undefined,
    fetchPolicy: 'cache-and-network',
  });
  const workspace = data?.workspace;
  const sources = workspace?.sources.edges.map(({ node }) => node);
  return (
    <Page
      title="New metric"
      description={
        <>
          Stored events are counted, too.{' '}
          <Link to="/analytics/metrics" className="text-accent hover:underline">
            All metrics
          </Link>
        </>
      }
    >
      {error && <ErrorState error={error} retry={refetch} />}
      {!sources && !error && <LoadingState />}
      {sources?.length === 0 && <NoSources />}
      {workspace && sources?.[0] && (
        <OnlyWith scopes={['write:analytics']}>
          <MetricForm
            sources={sources}
            first={sources[0]}
            registered={workspace.eventTypes ?? []}
          />
        </OnlyWith>
      )}
    </Page>
  );
}

function NoSources() {
  return (
    <EmptyState
      title="There is nothing to count yet"
      action={
        <ButtonLink to="/sources" look="primary">
          Go to sources
        </ButtonLink>
      }
    >
      A metric counts the events of a source, and this workspace has none.
    </EmptyState>
  );
}
