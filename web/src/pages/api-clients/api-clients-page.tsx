import { useMutation, useQuery } from '@apollo/client/react';
import { Link } from 'react-router';
import { Button } from '../../components/button.tsx';
import { Page } from '../../components/page.tsx';
import { Panel, Section } from '../../components/panel.tsx';
import { EmptyState, ErrorState, LoadingState } from '../../components/states.tsx';
import { Tag } from '../../components/tag.tsx';
import { apiClientsQuery, retireApiClientMutation } from './api-client-documents.ts';
import { ClientKeys, type ShownClient } from './client-keys.tsx';
import { CreateClientForm } from './create-client-form.tsx';

export function ApiClientsPage() {
  const { data, error, refetch } = useQuery(apiClientsQuery, { fetchPolicy: 'cache-and-network' });
  const clients = data?.workspace?.apiClients;
  return (
    <Page title="API clients" description="Partners' programs, and the keys they come with.">
      {error && <ErrorState error={error} retry={refetch} />}
      {!clients && !error && <LoadingState />}
      {clients?.length === 0 && (
        <div className="mb-6">
          <EmptyState title="No partner has access yet">
            Create a client, then a key for it.
          </EmptyState>
        </div>
      )}
      {clients && clients.length > 0 && (
        <Section title="Clients">
          <Panel>
            <ul aria-label="API clients" className="divide-y divide-line">
              {clients.map((client) => (
                <ClientItem key={client.id} client={client} />
              ))}
            </ul>
          </Panel>
        </Section>
      )}
      <Section title="Create a client">
        <CreateClientForm />
      </Section>
    </Page>
  );
}

/** What its keys run, in short. */
function runs({ operationMode, activeVersion }: ShownClient): string {
  if (operationMode === 'ANY') return 'anything its scopes allow';
  return activeVersion === null ? 'none are active' : `version ${activeVersion} is active`;
}

function ClientItem({ client }: { client: ShownClient }) {
  const [retire, { loading, error }] = useMutation(retireApiClientMutation, {
    refetchQueries: [apiClientsQuery],
  });
  return (
    <li className="px-4 py-3">
      {error && <ErrorState error={error} />}
      <div className="flex flex-wrap items-center justify-between gap-2">
        <div className="min-w-0">
          <p className="font-medium">
            <Link to={`/api-clients/${client.id}`} className="hover:underline">
              {client.name}
            </Link>{' '}
            {client.retiredAt !== null && <Tag>Retired</Tag>}
          </p>
          <p className="text-[13px] break-words text-muted">
            {client.contactEmail} · {client.scopes.join(' ')}
          </p>
          <p className="text-[13px] text-muted">
            <Link to={`/api-clients/${client.id}`} className="text-accent hover:underline">
              Operations
            </Link>
            : {runs(client)}
          </p>
        </div>
        {client.retiredAt === null && (
          <Button
            disabled={loading}
            onClick={() => void retire({ variables: { id: client.id } }).catch(() => {})}
          >
            Retire
          </Button>
        )}
      </div>
      {client.retiredAt === null && <ClientKeys client={client} />}
    </li>
  );
}
