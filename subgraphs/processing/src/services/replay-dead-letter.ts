import { authorise } from '@tributary/chassis';
import { inputError, TributaryError } from '@tributary/errors';
import type { EventReceived } from '@tributary/events';
import type { OutboxMessage } from '@tributary/outbox';
import { type Checked, type CheckedEvent, checkRecord } from '../ingest/check-record.ts';
import { toReceivedEvent } from '../ingest/received-event.ts';
import { recordOf } from '../ingest/record-of.ts';
import type { DefinitionCache } from '../pipeline/definitions.ts';
import type {
  DeadLetterRow,
  DeadLetterStatus,
  DeadLetterStore,
} from '../stores/dead-letter-store.ts';
import type { Caller } from './caller.ts';

export interface ReplayDeps {
  deadLetters: DeadLetterStore;
  definitions: DefinitionCache;
  /** The outbox message that sends an event through the pipeline again. */
  replayMessage: (event: EventReceived) => OutboxMessage;
  /** Tells the relay that a message waits. */
  wakeRelay: () => void;
}

export interface ReplayInput {
  id: string;
  /** The corrected event; the original when there is none. */
  event?: unknown;
}

export type ReplayDeadLetter = (
  caller: Caller,
  input: ReplayInput,
) => Promise<DeadLetterRow | null>;

/**
 * Sends an open dead letter through the pipeline again. An event that is still bad goes nowhere:
 * the attempt is counted and its cause noted.
 * @throws NOT_FOUND, CONFLICT when it is not open, InputError naming what is still wrong.
 */
export function createReplay(deps: ReplayDeps): ReplayDeadLetter {
  const { deadLetters, definitions, replayMessage, wakeRelay } = deps;

  /** The event as it may go on the log; a bad one is noted and thrown. */
  async function check(workspace: string, letter: DeadLetterRow, input: ReplayInput) {
    const { validatorFor } = await definitions.refresh(workspace);
    // An event without a time happened, as far as is known, when it first came.
    const options = { now: new Date(), defaultTime: letter.firstFailedAt, validatorFor };
    const checked = checkRecord(rawRecord(letter, input), options);
    if (checked.kind === 'good') return checked.event;
    await deadLetters.noteFailure(workspace, letter.id, checked.failure);
    throw stillBad(checked, input);
  }

  return async (caller, input) => {
    const { workspace } = authorise(caller.principal, 'deadLetter.replay');
    const letter = await caller.loaders.deadLetter.load(input.id);
    if (!letter) throw refused('NOT_FOUND', 'There is no such dead letter.');
    if (letter.status !== 'OPEN') throw notOpen(letter.status);
    const checked = await check(workspace, letter, input);
    const event = replayEvent(letter, checked, { workspace, requestId: caller.requestId });
    const begun = await deadLetters.beginReplay(workspace, letter.id, replayMessage(event));
    if (!begun) throw notOpen('REPLAYING');
    wakeRelay();
    return caller.loaders.deadLetter.clear(letter.id).load(letter.id);
  };
}

function replayEvent(
  letter: DeadLetterRow,
  event: CheckedEvent,
  from: { workspace: string; requestId: string },
): EventReceived {
  const origin = { ...from, sourceId: letter.sourceId, acceptedAt: new Date().toISOString() };
  return { ...toReceivedEvent(event, origin), deadletterid: letter.id };
}

function rawRecord(letter: DeadLetterRow, { event }: ReplayInput) {
  if (event !== undefined && event !== null) return recordOf(event);
  try {
    return { text: letter.original, value: JSON.parse(letter.original) as unknown };
  } catch {
    throw inputError('is needed: the original is no complete JSON', ['input', 'event']);
  }
}

function stillBad({ failure }: Extract<Checked, { kind: 'bad' }>, { event }: ReplayInput) {
  const path = failure.field === null ? [] : failure.field.split('.');
  const about = failure.field === null ? 'The event' : failure.field;
  const field =
    event === undefined || event === null ? ['input', 'id'] : ['input', 'event', ...path];
  return inputError(`${about}: ${failure.reason}.`, field);
}

function notOpen(status: DeadLetterStatus): TributaryError {
  const state = status === 'RESOLVED' ? 'has gone through already' : 'is on its way already';
  return refused('CONFLICT', `This dead letter ${state}.`);
}

function refused(code: 'NOT_FOUND' | 'CONFLICT', message: string): TributaryError {
  return new TributaryError(code, message, ['input', 'id']);
}
