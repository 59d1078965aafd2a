import { Icon } from '../../components/icon.tsx';
import { Tag, type Tone } from '../../components/tag.tsx';
import { TimeAgo } from '../../components/time-ago.tsx';
import type { DeadLetterStatus, PipelineStage } from '../../generated/graphql.ts';
import { DeadLetterDetails } from './dead-letter-details.tsx';
import type { DeadLetter } from './use-dead-letters.ts';

const stages = {
  ACCEPT: 'Accept',
  VALIDATE: 'Validate',
  TRANSFORM: 'Transform',
  ENRICH: 'Enrich',
  ROUTE: 'Route',
} satisfies Record<PipelineStage, string>;

const statuses = {
  OPEN: { tone: 'warning', word: 'Open' },
  REPLAYING: { tone: 'accent', word: 'Replaying' },
  RESOLVED: { tone: 'good', word: 'Resolved' },
} satisfies Record<DeadLetterStatus, { tone: Tone; word: string }>;

/** A dead letter's cause; the record and the ways to replay it unfold. */
export function DeadLetterItem({ deadLetter }: { deadLetter: DeadLetter }) {
  const { stage, field, reason, status, attempts, lastFailedAt, source } = deadLetter;
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
            <span>{stages[stage]}</span>
            <span>{source.name}</span>
            <span>
              {attempts} {attempts === 1 ? 'attempt' : 'attempts'}
            </span>
            <TimeAgo at={lastFailedAt} />
          </span>
        </span>
      </summary>
      <DeadLetterDetails deadLetter={deadLetter} />
    </details>
  );
}
