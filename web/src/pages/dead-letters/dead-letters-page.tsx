import { Link } from 'react-router';
import { LoadMore } from '../../components/load-more.tsx';
import { Page } from '../../components/page.tsx';
import { Panel } from '../../components/panel.tsx';
import { RefreshButton } from '../../components/refresh-button.tsx';
import { EmptyState, ErrorState, LoadingState } from '../../components/states.tsx';
import { DeadLetterItem } from './dead-letter-item.tsx';
import { StatusFilter, useStatusFilter } from './status-filter.tsx';
import { useDeadLetters } from './use-dead-letters.ts';

export function DeadLettersPage() {
  const filter = useStatusFilter();
  const { deadLetters, pageInfo, error, loading, refetch, loadMore } = useDeadLetters(
    filter.chosen.status,
  );
  return (
    <Page
      title="Dead letters"
      description={explanation}
      aside={<RefreshButton refresh={refetch} />}
    >
      <StatusFilter {...filter} />
      {error && <ErrorState error={error} retry={refetch} />}
      {!deadLetters && loading && <LoadingState />}
      {deadLetters?.length === 0 && <NoDeadLetters label={filter.chosen.label} />}
      {deadLetters && deadLetters.length > 0 && (
        <Panel className="overflow-hidden">
          {deadLetters.map((deadLetter) => (
            <DeadLetterItem key={deadLetter.id} deadLetter={deadLetter} />
          ))}
        </Panel>
      )}
      {pageInfo && <LoadMore pageInfo={pageInfo} load={loadMore} />}
    </Page>
  );
}

function NoDeadLetters({ label }: { label: string }) {
  if (label === 'Open') {
    return <EmptyState title="No open dead letters">Every record went through.</EmptyState>;
  }
  return <EmptyState title="None with this status">Choose another status above.</EmptyState>;
}

const explanation = (
  <>
    Records that could not be processed, kept as they came.{' '}
    <Link to="/sources" className="text-accent hover:underline">
      All sources
    </Link>
  </>
);
