import { useState } from 'react';
import { Button } from '../../components/button.tsx';
import { ErrorState } from '../../components/states.tsx';
import { EventEditor } from './event-editor.tsx';
import { prettyOriginal } from './original-json.ts';
import type { DeadLetter } from './use-dead-letters.ts';
import { useReplay } from './use-replay.ts';

/** The record as it was received, and what can be done about it. */
export function DeadLetterDetails({ deadLetter }: { deadLetter: DeadLetter }) {
  const [isEditing, setEditing] = useState(false);
  const { replay, replayEdited, userErrors, error, loading, reset } = useReplay(deadLetter.id);
  const pretty = prettyOriginal(deadLetter.original);
  const isOpen = deadLetter.status === 'OPEN';
  return (
    <div className="border-t border-line bg-raised px-4 py-3 sm:pl-11">
      {error && <ErrorState error={error} />}
      {isOpen && isEditing ? (
        <EventEditor
          original={pretty}
          errors={userErrors.map(({ message }) => message)}
          isSending={loading}
          send={replayEdited}
          cancel={() => {
            reset();
            setEditing(false);
          }}
        />
      ) : (
        <>
          <pre className="max-h-96 overflow-auto rounded-md border border-line bg-surface p-3 font-mono text-xs leading-5">
            {pretty}
          </pre>
          {userErrors.map(({ message }) => (
            <p key={message} role="alert" className="mt-2 text-[13px] text-critical">
              {message}
            </p>
          ))}
          {isOpen && (
            <div className="mt-3 flex flex-wrap gap-2">
              <Button look="primary" disabled={loading} onClick={() => setEditing(true)}>
                Edit and replay
              </Button>
              <Button disabled={loading} onClick={replay}>
                Replay as it is
              </Button>
            </div>
          )}
        </>
      )}
      {deadLetter.status === 'REPLAYING' && (
        <p role="status" className="mt-3 text-[13px] text-muted">
          Sent through the pipeline again. Refresh to see whether it went through.
        </p>
      )}
    </div>
  );
}
