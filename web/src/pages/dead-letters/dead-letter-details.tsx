import { useState } from 'react';
import { Button } from '../../components/button.tsx';
import { ErrorState } from '../../components/states.tsx';
import { EventPreviewItem } from '../../events/event-preview-item.tsx';
import { EventEditor } from './event-editor.tsx';
import { prettyOriginal } from './original-json.ts';
import { ReviewForm } from './review-form.tsx';
import type { DeadLetter } from './use-dead-letters.ts';
import { useDryRun } from './use-dry-run.ts';
import { useReplay } from './use-replay.ts';

/** The record as it was received, and what can be done about it. */
export function DeadLetterDetails({ deadLetter }: { deadLetter: DeadLetter }) {
  const [isEditing, setEditing] = useState(false);
  const { replay, replayEdited, userErrors, error, loading, reset } = useReplay(deadLetter.id);
  const dryRun = useDryRun(deadLetter.id);
  const pretty = prettyOriginal(deadLetter.original);
  const isOpen = deadLetter.status === 'OPEN';
  return (
    <div className="border-t border-line bg-raised px-4 py-3 sm:pl-11">
      {error && <ErrorState error={error} />}
      {isOpen && isEditing ? (
        <>
          <EventEditor
            original={pretty}
            errors={[...userErrors.map(({ message }) => message), ...dryRun.refusals]}
            isSending={loading || dryRun.loading}
            send={replayEdited}
            tryOut={dryRun.tryEdited}
            cancel={() => {
              reset();
              setEditing(false);
            }}
          />
          {dryRun.error && <ErrorState error={dryRun.error} />}
          {dryRun.preview && (
            <section aria-label="What it would come to" className="mt-2">
              <EventPreviewItem preview={dryRun.preview} />
            </section>
          )}
        </>
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
      {deadLetter.status === 'HELD' && <ReviewForm id={deadLetter.id} />}
      {deadLetter.note !== null && (
        <p className="mt-3 text-[13px] text-muted">Discarded: {deadLetter.note}</p>
      )}
      {deadLetter.status === 'REPLAYING' && (
        <p role="status" className="mt-3 text-[13px] text-muted">
          Sent through the pipeline again. Refresh to see whether it went through.
        </p>
      )}
    </div>
  );
}
