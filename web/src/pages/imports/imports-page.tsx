import { useQuery } from '@apollo/client/react';
import { Link } from 'react-router';
import { LoadMore } from '../../components/load-more.tsx';
import { Page } from '../../components/page.tsx';
import { Panel, Section } from '../../components/panel.tsx';
import { EmptyState, ErrorState, LoadingState } from '../../components/states.tsx';
import { TimeAgo } from '../../components/time-ago.tsx';
import { formatNumber } from '../../format/format-value.ts';
import type { ImportItemFragment } from '../../generated/graphql.ts';
import { formatBytes } from './format-bytes.ts';
import { ImportBar } from './import-bar.tsx';
import { importsQuery } from './import-documents.ts';
import { ImportStateTag } from './import-state-tag.tsx';
import { NewImportForm } from './new-import-form.tsx';
import { useLiveImports } from './use-live-imports.ts';

/** Files that become events, and a form for the next one. */
export function ImportsPage() {
  const { data, error, refetch, fetchMore } = useQuery(importsQuery, {
    fetchPolicy: 'cache-and-network',
  });
  useLiveImports(refetch);
  const connection = data?.workspace?.imports;
  return (
    <Page title="Imports" description={explanation}>
      <Section title="New import">
        <NewImportForm />
      </Section>
      {error && <ErrorState error={error} retry={refetch} />}
      {!connection && !error && <LoadingState />}
      {connection && (
        <Section title="Imports so far">
          {connection.edges.length === 0 ? (
            <EmptyState title="No imports yet">Choose a file above.</EmptyState>
          ) : (
            <Panel>
              <ul aria-label="Imports" className="divide-y divide-line">
                {connection.edges.map(({ node }) => (
                  <ImportLine key={node.id} item={node} />
                ))}
              </ul>
            </Panel>
          )}
          <LoadMore
            pageInfo={connection.pageInfo}
            load={(after) => fetchMore({ variables: { after } })}
          />
        </Section>
      )}
    </Page>
  );
}

function ImportLine({ item }: { item: ImportItemFragment }) {
  const { id, fileName, state, source, bytes, createdAt, accepted, rejected } = item;
  return (
    <li className="grid gap-1.5 px-4 py-3">
      <p className="flex flex-wrap items-center gap-2 text-sm">
        <Link
          to={`/sources/imports/${id}`}
          className="min-w-0 font-medium break-all text-accent hover:underline"
        >
          {fileName}
        </Link>
        <ImportStateTag state={state} />
      </p>
      <p className="flex flex-wrap gap-x-3 text-xs text-muted">
        <span>{source.name}</span>
        <span>{formatBytes(bytes)}</span>
        <TimeAgo at={createdAt} />
        {state !== 'UPLOADED' && <span>{formatNumber(accepted)} accepted</span>}
        {rejected > 0 && <span>{formatNumber(rejected)} rejected</span>}
      </p>
      {(state === 'RUNNING' || state === 'PAUSED') && <ImportBar item={item} />}
    </li>
  );
}

const explanation = (
  <>
    Files of CSV, NDJSON or Parquet, whose rows go through the same checks and pipelines as streamed
    events.{' '}
    <Link to="/sources" className="text-accent hover:underline">
      All sources
    </Link>
  </>
);
