import { useQuery } from '@apollo/client/react';
import { Link, useParams } from 'react-router';
import { Page } from '../../components/page.tsx';
import { Panel, Section } from '../../components/panel.tsx';
import { EmptyState, ErrorState, LoadingState } from '../../components/states.tsx';
import { Tag } from '../../components/tag.tsx';
import { apiClientQuery } from './api-client-documents.ts';
import { BudgetsForm } from './budgets-form.tsx';
import { OperationModeChoice } from './operation-mode-choice.tsx';
import { ProblemList } from './problem-list.tsx';
import { PushForm } from './push-form.tsx';
import type { ShownClient } from './shown-client.ts';
import { UsageOfDays } from './usage-of-days.tsx';
import { UsageTable } from './usage-table.tsx';
import { VersionList } from './version-list.tsx';

/** One partner's registered operations: versions, what runs, and how often. */
export function ApiClientPage() {
  const { id = '' } = useParams();
  const { data, error, refetch } = useQuery(apiClientQuery, {
    variables: { id },
    fetchPolicy: 'cache-and-network',
  });
  const client = data?.workspace?.apiClient;
  return (
    <Page
      title={client?.name ?? 'API client'}
      description={client ? `${client.contactEmail} · ${client.scopes.join(' ')}` : undefined}
      aside={client?.retiredAt ? <Tag>Retired</Tag> : undefined}
    >
      <p className="mb-4 text-[13px]">
        <Link to="/api-clients" className="text-accent hover:underline">
          All API clients
        </Link>
      </p>
      {error && <ErrorState error={error} retry={refetch} />}
      {!data && !error && <LoadingState />}
      {data && !client && (
        <EmptyState title="There is no such API client">
          It may belong to another workspace.
        </EmptyState>
      )}
      {client && <Operations client={client} />}
    </Page>
  );
}

function Operations({ client }: { client: ShownClient }) {
  const { manifests, usage, activeManifest, retiredAt } = client;
  return (
    <>
      {activeManifest && activeManifest.problems.length > 0 && (
        <ProblemList
          title="Active operations that no longer run"
          problems={activeManifest.problems}
        />
      )}
      <Section title="What its keys run">
        <OperationModeChoice client={client} />
      </Section>
      <Section title="Versions">
        {manifests.length === 0 ? (
          <EmptyState title="No operations are registered">
            Push a manifest here, or with <code>npx tributary operations push</code>.
          </EmptyState>
        ) : (
          <Panel>
            <VersionList client={client} />
          </Panel>
        )}
      </Section>
      {retiredAt === null && (
        <Section title="Push a version">
          <PushForm clientId={client.id} />
        </Section>
      )}
      {retiredAt === null && (
        <Section title="Limits">
          <BudgetsForm client={client} />
        </Section>
      )}
      <Section title="Usage of 30 days">
        <Panel className="p-4">
          <UsageOfDays usage={usage} />
          {usage.length > 0 && <UsageTable usage={usage} />}
        </Panel>
      </Section>
    </>
  );
}
