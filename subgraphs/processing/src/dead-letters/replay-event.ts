import type { EventReceived } from '@tributary/events';
import { checkRecord } from '../ingest/check-record.ts';
import type { RawRecord } from '../ingest/read-batch.ts';
import { toReceivedEvent } from '../ingest/received-event.ts';
import { recordOf } from '../ingest/record-of.ts';
import type { CompiledDefinitions } from '../pipeline/definitions.ts';
import type { Failure } from '../pipeline/failure.ts';
import type { DeadLetterRow } from '../stores/dead-letter-store.ts';

export interface ReplayOptions {
  requestId: string;
  definitions: Pick<CompiledDefinitions, 'validatorFor' | 'unknownTypesOf'>;
  /** The corrected event; the original when left out. */
  event?: unknown;
  /** Lets it pass the rules that hold events for review. */
  isApproved?: boolean;
}

export type ReplayedEvent =
  | { kind: 'good'; event: EventReceived }
  | { kind: 'bad'; failure: Failure }
  /** There is an original that can only be sent again edited. */
  | { kind: 'unreadable' };

/** The event of a dead letter as it may go on the log again, or why the door would refuse it. */
export function toReplayedEvent(letter: DeadLetterRow, options: ReplayOptions): ReplayedEvent {
  const { definitions, requestId, isApproved } = options;
  const record = rawRecord(letter, options.event);
  if (!record) return { kind: 'unreadable' };
  // An event without a time happened, as far as is known, when it first came.
  const checked = checkRecord(record, {
    now: new Date(),
    defaultTime: letter.firstFailedAt,
    validatorFor: definitions.validatorFor,
    refusesUnknownTypes: definitions.unknownTypesOf(letter.sourceId) === 'REJECT',
  });
  if (checked.kind === 'bad') return checked;
  const origin = {
    requestId,
    workspace: letter.workspaceId,
    sourceId: letter.sourceId,
    acceptedAt: new Date().toISOString(),
  };
  const event: EventReceived = {
    ...toReceivedEvent(checked.event, origin),
    deadletterid: letter.id,
    ...(isApproved === true && { approved: true }),
  };
  return { kind: 'good', event };
}

function rawRecord(letter: DeadLetterRow, event: unknown): RawRecord | undefined {
  if (event !== undefined && event !== null) return recordOf(event);
  try {
    return { text: letter.original, value: JSON.parse(letter.original) };
  } catch {
    return undefined;
  }
}
