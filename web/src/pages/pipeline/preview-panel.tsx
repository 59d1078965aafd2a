import { useState } from 'react';
import { Button } from '../../components/button.tsx';
import { Panel, Section } from '../../components/panel.tsx';
import { EmptyState } from '../../components/states.tsx';
import { TimeAgo } from '../../components/time-ago.tsx';
import { EventPreviewItem } from '../../events/event-preview-item.tsx';
import { titleOfEvent } from '../../events/title-of-event.ts';
import type { PipelineSource } from './pipeline-source.ts';
import type { usePipelineActions } from './use-pipeline-actions.ts';

interface PreviewPanelProps {
  samples: PipelineSource['sampleEvents'];
  actions: Pick<ReturnType<typeof usePipelineActions>, 'preview' | 'previews' | 'isBusy'>;
}

/** Real events to choose from, and what the stages on the page would make of them. */
export function PreviewPanel({ samples, actions }: PreviewPanelProps) {
  const [left, setLeft] = useState<ReadonlySet<string>>(new Set());
  const chosen = samples.filter(({ id }) => !left.has(id)).map(({ id }) => id);
  if (samples.length === 0) {
    return (
      <Section title="Preview">
        <EmptyState title="No events to try the stages on yet">
          Once the source has sent some, the newest are kept here.
        </EmptyState>
      </Section>
    );
  }
  return (
    <Section title="Preview">
      <Panel className="overflow-hidden">
        <ul aria-label="Sample events" className="max-h-52 divide-y divide-line overflow-y-auto">
          {samples.map(({ id, event, takenAt }) => (
            <li key={id}>
              <label className="flex items-center gap-3 px-4 py-2 text-[13px]">
                <input
                  type="checkbox"
                  checked={!left.has(id)}
                  onChange={() => setLeft((held) => toggled(held, id))}
                />
                <code className="min-w-0 grow truncate font-mono text-xs">
                  {titleOfEvent(event)}
                </code>
                <span className="text-muted">
                  <TimeAgo at={takenAt} />
                </span>
              </label>
            </li>
          ))}
        </ul>
        <div className="border-t border-line px-4 py-3">
          <Button
            disabled={actions.isBusy || chosen.length === 0}
            onClick={() => void actions.preview(chosen)}
          >
            {chosen.length === 1 ? 'Try on 1 event' : `Try on ${chosen.length} events`}
          </Button>
        </div>
      </Panel>
      {actions.previews && actions.previews.length > 0 && (
        <Panel className="mt-2">
          <ol aria-label="Outcomes" className="divide-y divide-line">
            {actions.previews.map((preview, place) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: outcomes have no id, and come anew as a whole.
              <li key={place}>
                <EventPreviewItem preview={preview} />
              </li>
            ))}
          </ol>
        </Panel>
      )}
    </Section>
  );
}

function toggled(ids: ReadonlySet<string>, id: string): ReadonlySet<string> {
  const others = [...ids].filter((one) => one !== id);
  return new Set(ids.has(id) ? others : [...others, id]);
}
