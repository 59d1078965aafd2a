import { useMutation } from '@apollo/client/react';
import { Button } from '../../components/button.tsx';
import { ErrorState } from '../../components/states.tsx';
import {
  activateOperationsMutation,
  apiClientQuery,
  retireOperationsMutation,
  rollBackOperationsMutation,
} from './api-client-documents.ts';
import { ProblemList } from './problem-list.tsx';
import type { ShownVersion } from './shown-client.ts';

interface VersionActionsProps {
  clientId: string;
  version: ShownVersion;
}

/** What can be done with a version as it stands, and why it could not. */
export function VersionActions({ clientId, version }: VersionActionsProps) {
  const options = { refetchQueries: [apiClientQuery] };
  const [activate, activating] = useMutation(activateOperationsMutation, options);
  const [rollBack, rollingBack] = useMutation(rollBackOperationsMutation, options);
  const [retire, retiring] = useMutation(retireOperationsMutation, options);
  const all = [activating, rollingBack, retiring];
  const error = all.find((each) => each.error)?.error;
  const refused = all.flatMap(({ data }) => data?.changed.userErrors ?? []);
  const problems = all.flatMap(({ data }) => data?.changed.problems ?? []);
  const isBusy = all.some(({ loading }) => loading);
  const variables = { input: { clientId, version: version.version } };
  const run = (mutation: typeof activate | typeof rollBack | typeof retire) => () =>
    void mutation({ variables }).catch(() => {});
  const { state, activatedAt } = version;
  return (
    <>
      <div className="flex gap-2">
        {state === 'UPLOADED' && (
          <Button look="primary" disabled={isBusy} onClick={run(activate)}>
            Activate
          </Button>
        )}
        {state === 'RETIRED' && activatedAt !== null && (
          <Button disabled={isBusy} onClick={run(rollBack)}>
            Roll back to it
          </Button>
        )}
        {state !== 'RETIRED' && (
          <Button disabled={isBusy} onClick={run(retire)}>
            Retire
          </Button>
        )}
      </div>
      {error && <ErrorState error={error} />}
      {refused.map(({ message }) => (
        <p key={message} role="alert" className="w-full text-[13px] text-critical">
          {message}
        </p>
      ))}
      {problems.length > 0 && (
        <div className="w-full">
          <ProblemList title="These can no longer run" problems={problems} />
        </div>
      )}
    </>
  );
}
