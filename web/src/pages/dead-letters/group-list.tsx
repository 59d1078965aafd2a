import { useState } from 'react';
import { Button } from '../../components/button.tsx';
import { Panel, Section } from '../../components/panel.tsx';
import { ErrorState } from '../../components/states.tsx';
import { Tag } from '../../components/tag.tsx';
import { TimeAgo } from '../../components/time-ago.tsx';
import { formatNumber } from '../../format/format-value.ts';
import type { DeadLetterFilter } from '../../generated/graphql.ts';
import { ReasonForm } from './reason-form.tsx';
import { stageWords } from './stage-words.ts';
import { type DeadLetterGroup, filterOf } from './use-dead-letters.ts';
import { useGroupActions } from './use-group-actions.ts';

interface GroupListProps {
  groups: readonly DeadLetterGroup[];
  /** Held letters are approved one by one, so a cause of theirs can only be discarded. */
  isHeld: boolean;
  show: (filter: DeadLetterFilter) => void;
}

/** Dead letters by cause, the most frequent first, with what can be done to all of a cause. */
export function GroupList({ groups, isHeld, show }: GroupListProps) {
  return (
    <Section title="By cause">
      <Panel>
        <ul aria-label="Causes" className="divide-y divide-line">
          {groups.map((group) => (
            <li key={JSON.stringify(filterOf(group))} className="px-4 py-3">
              <GroupItem group={group} isHeld={isHeld} show={show} />
            </li>
          ))}
        </ul>
      </Panel>
    </Section>
  );
}

interface GroupItemProps extends Pick<GroupListProps, 'isHeld' | 'show'> {
  group: DeadLetterGroup;
}

function GroupItem({ group, isHeld, show }: GroupItemProps) {
  const { source, stage, field, cause, count, lastFailedAt } = group;
  const filter = filterOf(group);
  const [isDiscarding, setDiscarding] = useState(false);
  const { replay, discard, done, error, refusals, isBusy } = useGroupActions(filter);
  return (
    <>
      <div className="flex flex-wrap items-start justify-between gap-x-4 gap-y-2">
        <div className="grid min-w-0 gap-1">
          <p className="text-sm break-words">
            {field && <code className="mr-1.5 font-mono text-xs font-semibold">{field}</code>}
            {cause}
          </p>
          <p className="flex flex-wrap items-center gap-x-3 gap-y-1 text-xs text-muted">
            <Tag tone="warning">{formatNumber(count)}</Tag>
            <span>{stageWords[stage]}</span>
            <span>{source.name}</span>
            <span>
              last <TimeAgo at={lastFailedAt} />
            </span>
          </p>
        </div>
        <div className="flex flex-wrap gap-1">
          <Button look="quiet" onClick={() => show(filter)}>
            Show
          </Button>
          {!isHeld && (
            <Button disabled={isBusy} onClick={replay}>
              Replay all
            </Button>
          )}
          <Button look="quiet" disabled={isBusy} onClick={() => setDiscarding(true)}>
            Discard all…
          </Button>
        </div>
      </div>
      {isDiscarding && (
        <ReasonForm
          action={`Discard ${formatNumber(count)}`}
          isBusy={isBusy}
          send={(reason) => void discard(reason)}
          cancel={() => setDiscarding(false)}
        />
      )}
      {error && <ErrorState error={error} />}
      <p role="alert" className="text-[13px] text-critical empty:hidden">
        {refusals.join(' ')}
      </p>
      <p role="status" className="text-[13px] text-muted empty:hidden">
        {done}
      </p>
    </>
  );
}
