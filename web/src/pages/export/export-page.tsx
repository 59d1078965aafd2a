import { useQuery } from '@apollo/client/react';
import { Link } from 'react-router';
import { Page } from '../../components/page.tsx';
import { Panel } from '../../components/panel.tsx';
import { EmptyState, ErrorState, LoadingState } from '../../components/states.tsx';
import { OnlyWith } from '../../shell/only-with.tsx';
import { exportSourcesQuery } from './export-documents.ts';
import { ExportForm } from './export-form.tsx';

/** Stored events as a file. */
export function ExportPage() {
  return (
    <Page title="Export" description={explanation}>
      <OnlyWith scopes={['read:analytics']}>
        <Exportable />
      </OnlyWith>
    </Page>
  );
}

function Exportable() {
  const { data, error, refetch } = useQuery(exportSourcesQuery);
  const sources = data?.workspace?.sources.edges.map(({ node }) => node);
  if (error) return <ErrorState error={error} retry={refetch} />;
  if (!sources) return <LoadingState />;
  if (sources.length === 0) return <EmptyState title="No sources yet" />;
  return (
    <Panel className="p-4">
      <ExportForm sources={sources} />
    </Panel>
  );
}

const explanation = (
  <>
    The stored events of a source as a file, as its pipeline left them, oldest first.{' '}
    <Link to="/sources" className="text-accent hover:underline">
      All sources
    </Link>
  </>
);
