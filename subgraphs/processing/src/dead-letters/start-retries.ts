/**
 * Sends dead letters through again whose cause may have passed, after a minute, four, sixteen …, five
 * times at most. A retry comes after what its key sent meanwhile, as any replay does.
 */
import { type Logger, type Loop, startLoop } from '@tributary/chassis';
import type { EventReceived } from '@tributary/events';
import type { OutboxMessage } from '@tributary/outbox';
import type { DefinitionCache } from '../pipeline/definitions.ts';
import type { Failure } from '../pipeline/failure.ts';
import type { DeadLetterRow, DeadLetterStore, StillBad } from '../stores/dead-letter-store.ts';
import { toReplayedEvent } from './replay-event.ts';

const atATime = 200;
const unreadable: Failure = {
  stage: 'ACCEPT',
  field: null,
  reason: 'is no complete JSON and needs an edit',
};

export interface RetriesOptions {
  deadLetters: DeadLetterStore;
  definitions: DefinitionCache;
  replayMessage: (event: EventReceived) => OutboxMessage;
  wakeRelay: () => void;
  pauseMilliseconds: number;
  logger: Logger;
}

export function startRetries(options: RetriesOptions): Loop {
  const { deadLetters, definitions, replayMessage, wakeRelay, pauseMilliseconds, logger } = options;

  async function take(letters: readonly DeadLetterRow[]) {
    const replays: { id: string; workspaceId: string; message: OutboxMessage }[] = [];
    const bad: StillBad[] = [];
    for (const letter of letters) {
      const { id, workspaceId } = letter;
      const options = { definitions: await definitions.get(workspaceId), requestId: `retry-${id}` };
      const replayed = toReplayedEvent(letter, options);
      if (replayed.kind === 'good') {
        replays.push({ id, workspaceId, message: replayMessage(replayed.event) });
        continue;
      }
      bad.push({
        id,
        workspaceId,
        failure: replayed.kind === 'bad' ? replayed.failure : unreadable,
      });
    }
    return { replays, bad };
  }

  return startLoop({
    pauseMilliseconds,
    onError: (error) => logger.warn({ err: error }, 'dead letters cannot be retried now'),
    async run() {
      const taken = await deadLetters.retryDue(atATime, take);
      if (taken > 0) wakeRelay();
      return taken === atATime;
    },
  });
}
