import { useMutation, useQuery } from '@apollo/client/react';
import { Link } from 'react-router';
import { Button } from '../../components/button.tsx';
import { Page } from '../../components/page.tsx';
import { Panel, Section } from '../../components/panel.tsx';
import { EmptyState, ErrorState, LoadingState } from '../../components/states.tsx';
import { TimeAgo } from '../../components/time-ago.tsx';
import { formatNumber } from '../../format/format-value.ts';
import type { LookupTablesQuery } from '../../generated/graphql.ts';
import { lookupTablesQuery, restoreLookupTableMutation } from './lookup-table-documents.ts';
import { UploadTableForm } from './upload-table-form.tsx';

type LookupTable = NonNullable<LookupTablesQuery['workspace']>['lookupTables'][number];

/** What pipelines look up in, with the versions that are kept. */
export function LookupTablesPage() {
  const { data, error, refetch } = useQuery(lookupTablesQuery, {
    fetchPolicy: 'cache-and-network',
  });
  const tables = data?.workspace?.lookupTables;
  return (
    <Page
      title="Look-up tables"
      description={
        <>
          Rows that pipelines add fields from, by key.{' '}
          <Link to="/sources" className="text-accent hover:underline">
            All sources
          </Link>
        </>
      }
    >
      {error && <ErrorState error={error} retry={refetch} />}
      {!tables && !error && <LoadingState />}
      {tables?.length === 0 && (
        <div className="mb-6">
          <EmptyState title="No look-up tables yet">Upload one below.</EmptyState>
        </div>
      )}
      {tables?.map((table) => (
        <TableSection key={table.id} table={table} />
      ))}
      <Section title="Upload a table">
        <UploadTableForm />
      </Section>
    </Page>
  );
}

function TableSection({ table }: { table: LookupTable }) {
  const [restore, { data, loading, error }] = useMutation(restoreLookupTableMutation, {
    refetchQueries: [lookupTablesQuery],
  });
  const refusals = data?.restoreLookupTable.userErrors ?? [];
  return (
    <Section title={`${table.name}, by ${table.keyColumn}`}>
      {error && <ErrorState error={error} />}
      <p role="alert" className="mb-2 text-[13px] text-critical empty:hidden">
        {refusals.map(({ message }) => message).join(' ')}
      </p>
      <Panel>
        <ul aria-label={`Versions of ${table.name}`} className="divide-y divide-line">
          {table.versions.map(({ version, rowCount, createdAt }) => (
            <li
              key={version}
              className="flex flex-wrap items-center justify-between gap-2 px-4 py-2 text-[13px]"
            >
              <span>
                <span className="font-medium">Version {version}</span>{' '}
                <span className="text-muted">
                  {formatNumber(rowCount)} {rowCount === 1 ? 'row' : 'rows'},{' '}
                  <TimeAgo at={createdAt} />
                </span>
              </span>
              {version === table.version ? (
                <span className="text-good">In force</span>
              ) : (
                <Button
                  look="quiet"
                  disabled={loading}
                  onClick={() => {
                    const input = { name: table.name, version };
                    void restore({ variables: { input } }).catch(() => {});
                  }}
                >
                  Restore<span className="sr-only"> version {version}</span>
                </Button>
              )}
            </li>
          ))}
        </ul>
      </Panel>
    </Section>
  );
}
