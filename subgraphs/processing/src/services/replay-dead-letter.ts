import { authorise } from '@tributary/chassis';
import { type InputError, inputError, TributaryError } from '@tributary/errors';
import type { EventReceived } from '@tributary/events';
import type { OutboxMessage } from '@tributary/outbox';
import { toReplayedEvent } from '../dead-letters/replay-event.ts';
import type { DefinitionCache } from '../pipeline/definitions.ts';
import type { Failure } from '../pipeline/failure.ts';
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

/** The letter of that id. @throws NOT_FOUND. */
export async function requireLetter(caller: Caller, id: string): Promise<DeadLetterRow> {
  const letter = await caller.loaders.deadLetter.load(id);
  if (!letter) throw refused('NOT_FOUND', 'There is no such dead letter.');
  return letter;
}

/**
 * Sends a dead letter through the pipeline again: an open one, or a held one that is approved. An event
 * that is still bad goes nowhere: the attempt is counted and its cause noted.
 * @throws NOT_FOUND, CONFLICT when it is not in that state, InputError naming what is still wrong.
 */
export function createReplay(deps: ReplayDeps) {
  const { deadLetters, definitions, replayMessage, wakeRelay } = deps;

  return async (
    caller: Caller,
    input: ReplayInput,
    { isApproved = false } = {},
  ): Promise<DeadLetterRow | null> => {
    const { workspace } = authorise(caller.principal, 'deadLetter.replay');
    const letter = await requireLetter(caller, input.id);
    if (letter.status !== (isApproved ? 'HELD' : 'OPEN')) throw wrongState(letter.status);
    const replayed = toReplayedEvent(letter, {
      definitions: await definitions.refresh(workspace),
      requestId: caller.requestId,
      event: input.event,
      isApproved,
    });
    if (replayed.kind === 'unreadable') throw needsEdit();
    if (replayed.kind === 'bad') {
      await deadLetters.noteFailure(workspace, letter.id, replayed.failure);
      throw stillBad(replayed.failure, input);
    }
    const message = replayMessage(replayed.event);
    const begun = await deadLetters.beginReplays(workspace, [{ id: letter.id, message }]);
    if (begun.size === 0) throw wrongState('REPLAYING');
    wakeRelay();
    return caller.loaders.deadLetter.clear(letter.id).load(letter.id);
  };
}

/** What is still wrong with an event, by the input that it came as. */
export function stillBad({ field, reason }: Failure, { event }: ReplayInput): InputError {
  const isEdited = event !== undefined && event !== null;
  const path = field === null ? [] : field.split('.');
  const about = field === null ? 'The event' : field;
  return inputError(
    `${about}: ${reason}.`,
    isEdited ? ['input', 'event', ...path] : ['input', 'id'],
  );
}

export function needsEdit(): InputError {
  return inputError('is needed: the original is no complete JSON', ['input', 'event']);
}

const states = {
  OPEN: 'waits for no review',
  HELD: 'is held for review: approve or reject it',
  REPLAYING: 'is on its way already',
  RESOLVED: 'has gone through already',
  DISCARDED: 'was discarded',
} as const satisfies Record<DeadLetterStatus, string>;

export function wrongState(status: DeadLetterStatus): TributaryError {
  return refused('CONFLICT', `This dead letter ${states[status]}.`);
}

function refused(code: 'NOT_FOUND' | 'CONFLICT', message: string): TributaryError {
  return new TributaryError(code, message, ['input', 'id']);
}
