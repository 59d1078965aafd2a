import { useQuery } from '@apollo/client/react';
import { Link, useParams } from 'react-router';
import { Page } from '../../components/page.tsx';
import { EmptyState, ErrorState, LoadingState } from '../../components/states.tsx';
import { pipelineQuery } from './pipeline-documents.ts';
import { PipelineEditor } from './pipeline-editor.tsx';

/** A source's pipeline: its stages, what they would make of real events, and its versions. */
export function PipelinePage() {
  const { id = '' } = useParams();
  const { data, error, refetch } = useQuery(pipelineQuery, {
    variables: { id },
    fetchPolicy: 'cache-and-network',
  });
  const source = data?.source;
  return (
    <Page
      title={source ? `Pipeline of ${source.name}` : 'Pipeline'}
      description={
        <>
          What the source's events go through, in order.{' '}
          <Link to="/sources" className="text-accent hover:underline">
            All sources
          </Link>
        </>
      }
    >
      {error && <ErrorState error={error} retry={refetch} />}
      {!data && !error && <LoadingState />}
      {data && !source && <EmptyState title="There is no such source" />}
      {source && <PipelineEditor key={source.id} source={source} />}
    </Page>
  );
}
