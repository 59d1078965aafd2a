import { authorise } from '@tributary/chassis';
import { toReplayedEvent } from '../dead-letters/replay-event.ts';
import type { DeadLetterFilter } from '../stores/dead-letter-filter.ts';
import type { DeadLetterRow, Replay, StillBad } from '../stores/dead-letter-store.ts';
import type { Caller } from './caller.ts';
import type { ReplayDeps } from './replay-dead-letter.ts';

const atATime = 500;
const mostInOneGo = 10_000;

export interface ReplayCounts {
  /** Sent through the pipeline again. */
  replayed: number;
  /** Would be refused at the door still; the attempt is counted, its cause noted. */
  stillBad: number;
  /** There are more than one call replays: call again. */
  hasMore: boolean;
}

/** Sends the open dead letters that match through the pipeline again, the oldest first. */
export function createBulkReplay(deps: ReplayDeps) {
  const { deadLetters, definitions, replayMessage, wakeRelay } = deps;

  async function replayBatch(caller: Caller, workspace: string, letters: readonly DeadLetterRow[]) {
    const options = {
      definitions: await definitions.get(workspace),
      requestId: caller.requestId,
    };
    const replays: Replay[] = [];
    const bad: StillBad[] = [];
    let unreadable = 0;
    for (const letter of letters) {
      const replayed = toReplayedEvent(letter, options);
      if (replayed.kind === 'good') {
        replays.push({ id: letter.id, message: replayMessage(replayed.event) });
        continue;
      }
      if (replayed.kind === 'unreadable') unreadable += 1;
      else bad.push({ id: letter.id, workspaceId: workspace, failure: replayed.failure });
    }
    await deadLetters.noteFailures(bad);
    const begun = await deadLetters.beginReplays(workspace, replays);
    wakeRelay();
    return { replayed: begun.size, stillBad: bad.length + unreadable };
  }

  return async (caller: Caller, filter: DeadLetterFilter): Promise<ReplayCounts> => {
    const { workspace } = authorise(caller.principal, 'deadLetter.replay');
    await definitions.refresh(workspace);
    const counts: ReplayCounts = { replayed: 0, stillBad: 0, hasMore: true };
    let last: DeadLetterRow | undefined;
    for (let taken = 0; taken < mostInOneGo && counts.hasMore; taken += atATime) {
      const letters = await deadLetters.openAfter(workspace, filter, last, atATime);
      const batch = await replayBatch(caller, workspace, letters);
      counts.replayed += batch.replayed;
      counts.stillBad += batch.stillBad;
      counts.hasMore = letters.length === atATime;
      last = letters.at(-1);
    }
    return counts;
  };
}
