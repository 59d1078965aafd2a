import { useMutation } from '@apollo/client/react';
import { Button } from '../../components/button.tsx';
import { Panel } from '../../components/panel.tsx';
import { ErrorState } from '../../components/states.tsx';
import { formatNumber, formatPercent } from '../../format/format-value.ts';
import type { ImportItemFragment } from '../../generated/graphql.ts';
import { ImportBar } from '../imports/import-bar.tsx';
import {
  cancelImportMutation,
  pauseImportMutation,
  resumeImportMutation,
} from './import-page-documents.ts';
import { RejectedDownload } from './rejected-download.tsx';

/** How far the file is read, what became of its rows, and what can be done about it. */
export function ImportProgress({ item }: { item: ImportItemFragment }) {
  const { bytes, bytesRead, rowsRead, accepted, duplicates, rejected, reason, state } = item;
  const isRunning = state === 'RUNNING';
  const figures = [
    ['Rows read', rowsRead],
    ['Accepted', accepted],
    ['Duplicates', duplicates],
    ['Rejected', rejected],
    ...(isRunning ? ([['Rows a second', item.rowsPerSecond]] as const) : []),
  ] as const;
  return (
    <div className="grid gap-4">
      <Panel className="grid gap-3 p-4">
        {reason !== null && (
          <p
            role={isRunning ? 'status' : 'alert'}
            className={`text-[13px] break-words ${isRunning ? 'text-muted' : 'text-critical'}`}
          >
            {reason}
          </p>
        )}
        <ImportBar item={item} />
        <p className="text-[13px] text-muted">{formatPercent(bytesRead / bytes)} of the file</p>
        <dl className="grid grid-cols-2 gap-3 sm:grid-cols-5">
          {figures.map(([name, value]) => (
            <div key={name}>
              <dt className="text-xs text-muted">{name}</dt>
              <dd className="text-lg font-semibold tabular-nums">{formatNumber(value)}</dd>
            </div>
          ))}
        </dl>
        <Changes id={item.id} state={state} />
      </Panel>
      {rejected > 0 && <RejectedDownload id={item.id} count={rejected} />}
    </div>
  );
}

function Changes({ id, state }: Pick<ImportItemFragment, 'id' | 'state'>) {
  const [pause, pausing] = useMutation(pauseImportMutation);
  const [resume, resuming] = useMutation(resumeImportMutation);
  const [cancel, cancelling] = useMutation(cancelImportMutation);
  const isBusy = pausing.loading || resuming.loading || cancelling.loading;
  const error = pausing.error ?? resuming.error ?? cancelling.error;
  const refusals = [
    ...(pausing.data?.pauseImport.userErrors ?? []),
    ...(resuming.data?.resumeImport.userErrors ?? []),
    ...(cancelling.data?.cancelImport.userErrors ?? []),
  ];
  const options = { variables: { input: { id } } };
  if (state !== 'RUNNING' && state !== 'PAUSED') return null;
  return (
    <div className="grid gap-2">
      {error && <ErrorState error={error} />}
      <p role="alert" className="text-[13px] text-critical empty:hidden">
        {refusals.map(({ message }) => message).join(' ')}
      </p>
      <div className="flex flex-wrap gap-2">
        {state === 'RUNNING' ? (
          <Button disabled={isBusy} onClick={() => void pause(options).catch(() => {})}>
            Pause
          </Button>
        ) : (
          <Button
            look="primary"
            disabled={isBusy}
            onClick={() => void resume(options).catch(() => {})}
          >
            Resume
          </Button>
        )}
        <Button look="quiet" disabled={isBusy} onClick={() => void cancel(options).catch(() => {})}>
          Cancel for good
        </Button>
      </div>
    </div>
  );
}
