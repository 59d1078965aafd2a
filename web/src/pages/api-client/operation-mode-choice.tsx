import { useMutation } from '@apollo/client/react';
import { Button } from '../../components/button.tsx';
import { ErrorState } from '../../components/states.tsx';
import { setOperationModeMutation } from './api-client-documents.ts';
import type { ShownClient } from './shown-client.ts';

const modes = {
  REGISTERED: {
    says: 'The operations of the active version, and nothing else.',
    other: 'ANY',
    change: 'Allow anything its scopes allow',
  },
  ANY: {
    says: 'Anything that its scopes allow.',
    other: 'REGISTERED',
    change: 'Allow registered operations only',
  },
} as const;

export function OperationModeChoice({ client }: { client: ShownClient }) {
  const [setMode, { loading, error }] = useMutation(setOperationModeMutation);
  const { says, other, change } = modes[client.operationMode];
  const input = { clientId: client.id, mode: other };
  return (
    <>
      {error && <ErrorState error={error} />}
      <div className="flex flex-wrap items-center justify-between gap-3">
        <p>{says}</p>
        {client.retiredAt === null && (
          <Button
            disabled={loading}
            onClick={() => void setMode({ variables: { input } }).catch(() => {})}
          >
            {change}
          </Button>
        )}
      </div>
    </>
  );
}
