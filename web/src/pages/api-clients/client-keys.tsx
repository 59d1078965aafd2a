import { useMutation } from '@apollo/client/react';
import { useState } from 'react';
import { Button } from '../../components/button.tsx';
import { ErrorState } from '../../components/states.tsx';
import { TimeAgo } from '../../components/time-ago.tsx';
import type { ApiClientsQuery } from '../../generated/graphql.ts';
import {
  apiClientsQuery,
  createApiKeyMutation,
  revokeApiKeyMutation,
  rotateApiKeyMutation,
} from './api-client-documents.ts';

export type ShownClient = NonNullable<ApiClientsQuery['workspace']>['apiClients'][number];

/** A client's keys that can still be used. A new one is shown once, here. */
export function ClientKeys({ client }: { client: ShownClient }) {
  const refetchQueries = [apiClientsQuery];
  const [newKey, setNewKey] = useState<string | null>(null);
  const [create, creating] = useMutation(createApiKeyMutation, { refetchQueries });
  const [rotate, rotating] = useMutation(rotateApiKeyMutation, { refetchQueries });
  const [revoke, revoking] = useMutation(revokeApiKeyMutation, { refetchQueries });
  const error = creating.error ?? rotating.error ?? revoking.error;
  const isBusy = creating.loading || rotating.loading || revoking.loading;

  async function createKey(): Promise<void> {
    const input = { clientId: client.id, expiresInDays: 90 };
    const { data } = await create({ variables: { input } });
    setNewKey(data?.createApiKey.key ?? null);
  }
  async function rotateKey(id: string): Promise<void> {
    const input = { id, expiresInDays: 90, overlapHours: 24 };
    const { data } = await rotate({ variables: { input } });
    setNewKey(data?.rotateApiKey.key ?? null);
  }

  const inForce = client.keys.filter(({ revokedAt }) => revokedAt === null);
  return (
    <div className="mt-2 grid gap-2">
      {error && <ErrorState error={error} />}
      {newKey !== null && (
        <p role="status" className="text-[13px]">
          The new key, shown only now: <code className="font-mono break-all">{newKey}</code>
        </p>
      )}
      {inForce.map(({ id, lastUsedAt, expiresAt }) => (
        <div key={id} className="flex flex-wrap items-center justify-between gap-2 text-[13px]">
          <p className="text-muted">
            <code className="font-mono">trk_{id.slice(0, 8)}…</code> · until{' '}
            {expiresAt.slice(0, 10)} ·{' '}
            {lastUsedAt === null ? (
              'never used'
            ) : (
              <>
                used <TimeAgo at={lastUsedAt} />
              </>
            )}
          </p>
          <div className="flex gap-2">
            <Button disabled={isBusy} onClick={() => void rotateKey(id).catch(() => {})}>
              Rotate
            </Button>
            <Button
              disabled={isBusy}
              onClick={() => void revoke({ variables: { id } }).catch(() => {})}
            >
              Revoke
            </Button>
          </div>
        </div>
      ))}
      <div>
        <Button disabled={isBusy} onClick={() => void createKey().catch(() => {})}>
          New key
        </Button>
      </div>
    </div>
  );
}
