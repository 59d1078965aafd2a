import { useLazyQuery } from '@apollo/client/react';
import { ErrorState } from '../../components/states.tsx';
import { versionQuery } from './api-client-documents.ts';
import type { ShownVersion } from './shown-client.ts';

/** A version's operations with their texts, fetched when they are looked at. */
export function VersionOperations({
  clientId,
  version: { version, operationCount },
}: {
  clientId: string;
  version: ShownVersion;
}) {
  const [load, { data, error }] = useLazyQuery(versionQuery);
  const operations = data?.workspace?.apiClient?.manifest?.operations ?? [];
  return (
    <details
      className="mt-1 text-[13px]"
      onToggle={({ currentTarget }) => {
        if (currentTarget.open) void load({ variables: { id: clientId, version } });
      }}
    >
      <summary className="cursor-pointer text-muted">
        {operationCount} {operationCount === 1 ? 'operation' : 'operations'}
      </summary>
      {error && <ErrorState error={error} />}
      <ul className="mt-2 grid gap-3">
        {operations.map(({ operationId, names, text }) => (
          <li key={operationId} className="min-w-0">
            <p className="break-all">
              <span className="font-medium">{names.join(', ') || 'without a name'}</span>{' '}
              <code className="font-mono text-xs text-muted">{operationId}</code>
            </p>
            <pre className="mt-1 overflow-x-auto rounded-md border border-line bg-raised p-2 font-mono text-xs">
              {text}
            </pre>
          </li>
        ))}
      </ul>
    </details>
  );
}
