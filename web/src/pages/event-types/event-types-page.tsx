import { useQuery } from '@apollo/client/react';
import { useState } from 'react';
import { Link } from 'react-router';
import { Button } from '../../components/button.tsx';
import { Page } from '../../components/page.tsx';
import { Panel, Section } from '../../components/panel.tsx';
import { EmptyState, ErrorState, LoadingState } from '../../components/states.tsx';
import { TimeAgo } from '../../components/time-ago.tsx';
import type { EventTypesQuery } from '../../generated/graphql.ts';
import { eventTypesQuery } from './event-type-documents.ts';
import { SchemaEditor } from './schema-editor.tsx';
import { UnknownTypesList } from './unknown-types-list.tsx';

type Workspace = NonNullable<EventTypesQuery['workspace']>;

/** What events of each type promise, and what becomes of those that promise nothing. */
export function EventTypesPage() {
  const { data, error, refetch } = useQuery(eventTypesQuery, { fetchPolicy: 'cache-and-network' });
  const workspace = data?.workspace;
  return (
    <Page
      title="Event types"
      description={
        <>
          The shape that events of one type promise. Others are refused with the reason.{' '}
          <Link to="/sources" className="text-accent hover:underline">
            All sources
          </Link>
        </>
      }
    >
      {error && <ErrorState error={error} retry={refetch} />}
      {!workspace && !error && <LoadingState />}
      {workspace && <EventTypes workspace={workspace} />}
    </Page>
  );
}

function EventTypes({ workspace }: { workspace: Workspace }) {
  const { eventTypes } = workspace;
  const sources = workspace.sources.edges.map(({ node }) => node);
  const [edited, setEdited] = useState<Workspace['eventTypes'][number]>();
  return (
    <>
      <Section title="Registered">
        {eventTypes.length === 0 && (
          <EmptyState title="No event types yet">All events pass unchecked.</EmptyState>
        )}
        {eventTypes.length > 0 && (
          <Panel>
            <ul aria-label="Event types" className="divide-y divide-line">
              {eventTypes.map((type) => (
                <li
                  key={type.id}
                  className="flex flex-wrap items-center justify-between gap-2 px-4 py-2 text-[13px]"
                >
                  <span className="min-w-0 break-words">
                    <code className="font-mono text-xs font-semibold">{type.name}</code>{' '}
                    <span className="text-muted">
                      version {type.version}, <TimeAgo at={type.registeredAt} />
                    </span>
                  </span>
                  <Button look="quiet" onClick={() => setEdited(type)}>
                    Next version<span className="sr-only"> of {type.name}</span>
                  </Button>
                </li>
              ))}
            </ul>
          </Panel>
        )}
      </Section>
      <Section title={edited ? `Next version of ${edited.name}` : 'Register a type'}>
        <SchemaEditor key={edited?.id} sources={sources} edited={edited} />
      </Section>
      {sources.length > 0 && (
        <Section title="Events of other types">
          <UnknownTypesList sources={sources} />
        </Section>
      )}
    </>
  );
}
