import type { EventReceived } from '@tributary/events';
import microdiff from 'microdiff';
import type { Failure } from './failure.ts';
import type { Settled } from './run-records.ts';
import { shownPath } from './shown-value.ts';

const mostChanges = 500;

/** An event as its producer sent it, and as it would go on. */
export type PreviewedEvent = Pick<
  EventReceived,
  'id' | 'source' | 'type' | 'time' | 'subject' | 'data'
>;

export interface EventChange {
  /** e.g. data.legs.0.delay */
  path: string;
  kind: 'ADDED' | 'REMOVED' | 'CHANGED';
  before: unknown;
  after: unknown;
}

/** What a pipeline would make of an event. */
export interface EventPreview {
  outcome: 'PROCESSED' | 'DROPPED' | 'FAILED' | 'HELD';
  failure: Failure | null;
  before: PreviewedEvent;
  /** Null unless it is processed. */
  after: PreviewedEvent | null;
  /** At most 500. */
  changes: EventChange[];
}

const outcomes = {
  processed: 'PROCESSED',
  dropped: 'DROPPED',
  failed: 'FAILED',
  held: 'HELD',
} as const satisfies Record<Settled['kind'], EventPreview['outcome']>;

const kinds = { CREATE: 'ADDED', REMOVE: 'REMOVED', CHANGE: 'CHANGED' } as const;

export function previewOf(record: EventReceived, outcome: Settled): EventPreview {
  const before = shown(record);
  const after = outcome.kind === 'processed' ? shown(outcome.event) : null;
  const isStopped = outcome.kind === 'failed' || outcome.kind === 'held';
  return {
    outcome: outcomes[outcome.kind],
    failure: isStopped ? outcome.failure : null,
    before,
    after,
    changes: after ? changesBetween(before, after) : [],
  };
}

function shown(event: PreviewedEvent): PreviewedEvent {
  const { id, source, type, time, subject, data } = event;
  return { id, source, type, time, ...(subject !== undefined && { subject }), data };
}

function changesBetween(before: PreviewedEvent, after: PreviewedEvent): EventChange[] {
  return microdiff(before, after)
    .slice(0, mostChanges)
    .map((change) => ({
      path: shownPath(change.path),
      kind: kinds[change.type],
      before: 'oldValue' in change ? change.oldValue : null,
      after: 'value' in change ? change.value : null,
    }));
}
