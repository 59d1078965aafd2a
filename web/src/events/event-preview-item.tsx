import { Tag, type Tone } from '../components/tag.tsx';
import type { ChangeKind, EventPreviewItemFragment, PreviewOutcome } from '../generated/graphql.ts';
import { graphql } from '../generated/index.ts';
import { titleOfEvent } from './title-of-event.ts';

/** What a pipeline would make of an event; documents name it. */
graphql(`
  fragment EventPreviewItem on EventPreview {
    outcome
    stage
    field
    reason
    before
    after
    changes {
      path
      kind
      before
      after
    }
  }
`);

const outcomes = {
  PROCESSED: { tone: 'good', word: 'Goes through' },
  DROPPED: { tone: 'neutral', word: 'Dropped' },
  FAILED: { tone: 'critical', word: 'Fails' },
  HELD: { tone: 'warning', word: 'Held for review' },
} satisfies Record<PreviewOutcome, { tone: Tone; word: string }>;

const signs = {
  ADDED: { sign: '+', word: 'added', look: 'text-good' },
  REMOVED: { sign: '−', word: 'removed', look: 'text-critical' },
  CHANGED: { sign: '~', word: 'changed', look: 'text-warning' },
} satisfies Record<ChangeKind, { sign: string; word: string; look: string }>;

/** An event's outcome and every change of it. */
export function EventPreviewItem({ preview }: { preview: EventPreviewItemFragment }) {
  const { outcome, field, reason, before, changes } = preview;
  const { tone, word } = outcomes[outcome];
  return (
    <div className="grid gap-1.5 px-4 py-3">
      <p className="flex flex-wrap items-center gap-2 text-[13px]">
        <Tag tone={tone}>{word}</Tag>
        <code className="min-w-0 truncate font-mono text-xs text-muted">
          {titleOfEvent(before)}
        </code>
      </p>
      {reason && (
        <p className="text-[13px] break-words">
          {field && <code className="mr-1.5 font-mono text-xs font-semibold">{field}</code>}
          {reason}
        </p>
      )}
      {outcome === 'PROCESSED' && changes.length === 0 && (
        <p className="text-[13px] text-muted">Nothing is changed.</p>
      )}
      {changes.length > 0 && (
        <ul aria-label="Changes" className="grid gap-0.5 font-mono text-xs leading-5">
          {changes.map((change) => (
            <ChangeLine key={`${change.kind} ${change.path}`} change={change} />
          ))}
        </ul>
      )}
    </div>
  );
}

type Change = EventPreviewItemFragment['changes'][number];

function ChangeLine({ change: { path, kind, before, after } }: { change: Change }) {
  const { sign, word, look } = signs[kind];
  return (
    <li className="break-words">
      <span className={look}>
        <span aria-hidden="true">{sign} </span>
        <span className="sr-only">{word} </span>
        {path}
      </span>{' '}
      {kind !== 'ADDED' && (
        <span className="text-muted line-through">{JSON.stringify(before)}</span>
      )}{' '}
      {kind !== 'REMOVED' && <span>{JSON.stringify(after)}</span>}
    </li>
  );
}
