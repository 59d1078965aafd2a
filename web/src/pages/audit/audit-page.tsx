import { useLazyQuery, useQuery } from '@apollo/client/react';
import { Button } from '../../components/button.tsx';
import { LoadMore } from '../../components/load-more.tsx';
import { Page } from '../../components/page.tsx';
import { Panel } from '../../components/panel.tsx';
import { EmptyState, ErrorState, LoadingState } from '../../components/states.tsx';
import { TimeAgo } from '../../components/time-ago.tsx';
import { auditQuery, verifyAuditQuery } from './audit-documents.ts';

export function AuditPage() {
  const { data, error, refetch, fetchMore } = useQuery(auditQuery, {
    fetchPolicy: 'cache-and-network',
  });
  const log = data?.workspace?.auditLog;
  return (
    <Page
      title="Audit log"
      description="Who did what here, from where. Entries are chained: none can be changed unnoticed."
      aside={<Verify />}
    >
      {error && <ErrorState error={error} retry={refetch} />}
      {!log && !error && <LoadingState />}
      {log?.edges.length === 0 && <EmptyState title="Nothing has happened yet" />}
      {log && log.edges.length > 0 && (
        <Panel>
          <ul aria-label="Audit entries" className="divide-y divide-line">
            {log.edges.map(({ node }) => (
              <li key={node.id} className="px-4 py-2.5">
                <p className="flex flex-wrap justify-between gap-x-4">
                  <span className="font-mono text-[13px]">{node.action}</span>
                  <TimeAgo at={node.at} />
                </p>
                <p className="text-[13px] break-all text-muted">
                  {node.actorKind} {node.actorId} · {node.targetType} {node.targetId}
                  {node.address && ` · ${node.address}`}
                </p>
                <Change before={node.before} after={node.after} />
              </li>
            ))}
          </ul>
        </Panel>
      )}
      {log && (
        <LoadMore pageInfo={log.pageInfo} load={(after) => fetchMore({ variables: { after } })} />
      )}
    </Page>
  );
}

function Change({ before, after }: { before: unknown; after: unknown }) {
  if (before == null && after == null) return null;
  return (
    <p className="font-mono text-xs break-all">
      {before != null && JSON.stringify(before)} → {JSON.stringify(after ?? null)}
    </p>
  );
}

function Verify() {
  const [verify, { data, loading, error }] = useLazyQuery(verifyAuditQuery, {
    fetchPolicy: 'network-only',
  });
  const report = data?.workspace?.verifyAuditChain;
  return (
    <div className="grid justify-items-end gap-1">
      <Button disabled={loading} onClick={() => void verify()}>
        Verify
      </Button>
      <p role="status" className="text-[13px] text-muted empty:hidden">
        {error && 'It could not be verified.'}
        {report?.isIntact && `All ${report.entries} entries are as they were written.`}
        {report && !report.isIntact && `Entry ${report.firstFault} is not what was written.`}
      </p>
    </div>
  );
}
