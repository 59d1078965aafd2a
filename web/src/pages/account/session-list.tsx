import { useMutation, useQuery } from '@apollo/client/react';
import { Button } from '../../components/button.tsx';
import { Panel } from '../../components/panel.tsx';
import { ErrorState, LoadingState } from '../../components/states.tsx';
import { Tag } from '../../components/tag.tsx';
import { TimeAgo } from '../../components/time-ago.tsx';
import type { SessionsQuery } from '../../generated/graphql.ts';
import {
  endOtherSessionsMutation,
  endSessionMutation,
  sessionsQuery,
} from './session-documents.ts';

type ListedSession = SessionsQuery['sessions'][number];

/** Where one is signed in; every other device can be signed out from here. */
export function SessionList() {
  const { data, error, refetch } = useQuery(sessionsQuery, { fetchPolicy: 'cache-and-network' });
  const [end, ending] = useMutation(endSessionMutation, { refetchQueries: [sessionsQuery] });
  const [endOthers, endingOthers] = useMutation(endOtherSessionsMutation, {
    refetchQueries: [sessionsQuery],
  });
  if (error) return <ErrorState error={error} retry={refetch} />;
  if (!data) return <LoadingState />;
  const isBusy = ending.loading || endingOthers.loading;
  return (
    <>
      <Panel>
        <ul aria-label="Sessions" className="divide-y divide-line">
          {data.sessions.map((session) => (
            <SessionItem
              key={session.id}
              session={session}
              isBusy={isBusy}
              end={() => void end({ variables: { id: session.id } }).catch(() => {})}
            />
          ))}
        </ul>
      </Panel>
      {data.sessions.length > 1 && (
        <Button className="mt-3" disabled={isBusy} onClick={() => void endOthers().catch(() => {})}>
          Sign out everywhere else
        </Button>
      )}
    </>
  );
}

function SessionItem(props: { session: ListedSession; isBusy: boolean; end: () => void }) {
  const { session, isBusy, end } = props;
  return (
    <li className="flex flex-wrap items-center justify-between gap-x-4 gap-y-2 px-4 py-3">
      <div className="min-w-0">
        <p className="flex items-center gap-2 font-medium">
          {session.device} {session.isCurrent && <Tag tone="good">This device</Tag>}
        </p>
        <p className="text-[13px] text-muted">
          {session.address || 'Unknown address'} · last used <TimeAgo at={session.lastUsedAt} />
        </p>
      </div>
      {!session.isCurrent && (
        <Button disabled={isBusy} onClick={end}>
          Sign out
        </Button>
      )}
    </li>
  );
}
