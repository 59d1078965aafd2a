import { Icon } from '../../components/icon.tsx';
import { Tag, type Tone } from '../../components/tag.tsx';
import { TimeAgo } from '../../components/time-ago.tsx';
import type { DeadLetterStatus } from '../../generated/graphql.ts';
import { DeadLetterDetails } from './dead-letter-details.tsx';
import { stageWords } from './stage-words.ts';
import type { DeadLetter } from './use-dead-letters.ts';

const statuses = {
  OPEN: { tone: 'warning', word: 'Open' },
  REPLAYING: { tone: 'accent', word: 'Replaying' },
  RESOLVED: { tone: 'good', word: 'Resolved' },
  HELD: { tone: 'warning', word: 'Held for review' },
  DISCARDED: { tone: 'neutral', word: 'Discarded' },
} satisfies Record<DeadLetterStatus, { tone: Tone; word: string }>;

/** A dead letter's cause; the record and the ways to replay it unfold. */
export function DeadLetterItem({ deadLetter }: { deadLetter: DeadLetter }) {
  const { stage, field, reason, status, attempts, lastFailedAt, source, retryAt } = deadLetter;
  return (
    <details className="group border-t border-line first:border-t-0">
      <summary className="flex list-none items-start gap-3 px-4 py-3 hover:bg-raised">
        <Icon name="chevron" className="mt-1 size-3.5 -rotate-90 text-muted group-open:rotate-0" />
        <span className="grid min-w-0 grow gap-1">
          <span className="text-sm break-words">
            {field && <code className="mr-1.5 font-mono text-xs font-semibold">{field}</code>}
            {reason}
          </span>
          <span className="flex flex-wrap items-center gap-x-3 gap-y-1 text-xs text-muted">
            <Tag tone={statuses[status].tone}>{statuses[status].word}</Tag>
            <span>{stageWords[stage]}</span>
            <span>{source.name}</span>
            <span>
              {attempts} {attempts === 1 ? 'attempt' : 'attempts'}
            </span>
            <TimeAgo at={lastFailedAt} />
            {retryAt !== null && <span>tried again by itself</span>}
          </span>
        </span>
      </summary>
      <DeadLetterDetails deadLetter={deadLetter} />
    </details>
  );
}
