import { useState } from 'react';
import { Link } from 'react-router';
import { Button } from '../../components/button.tsx';
import { LoadMore } from '../../components/load-more.tsx';
import { Page } from '../../components/page.tsx';
import { Panel } from '../../components/panel.tsx';
import { RefreshButton } from '../../components/refresh-button.tsx';
import { EmptyState, ErrorState, LoadingState } from '../../components/states.tsx';
import type { DeadLetterFilter } from '../../generated/graphql.ts';
import { DeadLetterItem } from './dead-letter-item.tsx';
import { GroupList } from './group-list.tsx';
import { StatusFilter, useStatusFilter } from './status-filter.tsx';
import { useDeadLetterGroups, useDeadLetters } from './use-dead-letters.ts';

export function DeadLettersPage() {
  const filter = useStatusFilter();
  const { status } = filter.chosen;
  const [cause, setCause] = useState<DeadLetterFilter | null>(null);
  const letters = useDeadLetters(status, cause);
  const { deadLetters, pageInfo, error, loading, loadMore } = letters;
  const byCause = useDeadLetterGroups(status === 'HELD' ? 'HELD' : 'OPEN');
  const hasCauses = status === 'OPEN' || status === 'HELD';
  const refetch = () => Promise.all([letters.refetch(), byCause.refetch()]);
  return (
    <Page
      title="Dead letters"
      description={explanation}
      aside={<RefreshButton refresh={refetch} />}
    >
      <StatusFilter {...filter} />
      {error && <ErrorState error={error} retry={refetch} />}
      {!deadLetters && loading && <LoadingState />}
      {hasCauses && byCause.groups.length > 0 && (
        <GroupList groups={byCause.groups} isHeld={status === 'HELD'} show={setCause} />
      )}
      {cause && (
        <p className="mb-2 flex flex-wrap items-center gap-2 text-[13px] text-muted">
          Only those of one cause: {cause.field} {cause.cause}
          <Button look="quiet" onClick={() => setCause(null)}>
            Show all
          </Button>
        </p>
      )}
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
