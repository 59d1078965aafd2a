import { ButtonLink } from '../../components/button-link.tsx';
import { LoadMore } from '../../components/load-more.tsx';
import { Page } from '../../components/page.tsx';
import { RefreshButton } from '../../components/refresh-button.tsx';
import { EmptyState, ErrorState, LoadingState } from '../../components/states.tsx';
import { formatClockWithSeconds } from '../../time/format-time.ts';
import { SourceTable } from './source-table.tsx';
import { useSources } from './use-sources.ts';

const around = [
  { to: '/sources/dead-letters', label: 'Dead letters' },
  { to: '/sources/imports', label: 'Imports' },
  { to: '/sources/export', label: 'Export' },
  { to: '/sources/event-types', label: 'Event types' },
  { to: '/sources/tables', label: 'Look-up tables' },
] as const;

export function SourcesPage() {
  const { sources, pageInfo, error, loading, refetch, loadMore } = useSources();
  const computedAt = sources?.[0]?.freshness.computedAt;
  return (
    <Page
      title="Sources"
      description={computedAt && `As of ${formatClockWithSeconds(Date.parse(computedAt))}.`}
      aside={<RefreshButton refresh={refetch} />}
    >
      <nav aria-label="Around sources" className="mb-3 flex flex-wrap gap-2">
        {around.map(({ to, label }) => (
          <ButtonLink key={to} to={to}>
            {label}
          </ButtonLink>
        ))}
      </nav>
      {error && <ErrorState error={error} retry={refetch} />}
      {!sources && loading && <LoadingState />}
      {sources?.length === 0 && <NoSources />}
      {sources && sources.length > 0 && <SourceTable sources={sources} />}
      {pageInfo && <LoadMore pageInfo={pageInfo} load={loadMore} />}
    </Page>
  );
}

function NoSources() {
  return (
    <EmptyState
      title="No sources yet"
      action={
        <ButtonLink to="/explorer" look="primary">
          Open the explorer
        </ButtonLink>
      }
    >
      A source takes events in. The mutation createSource answers with its write key, which
      producers send along with their events.
    </EmptyState>
  );
}
