import { authorise, type Connection, toConnection, toPage } from '@tributary/chassis';
import type { DeadLetterRow, DeadLetterStatus } from '../stores/dead-letter-store.ts';
import type { Caller } from './caller.ts';
import { createReplay, type ReplayDeps } from './replay-dead-letter.ts';

export function createDeadLetterService(deps: ReplayDeps) {
  const { deadLetters } = deps;

  return {
    async byId(caller: Caller, id: string): Promise<DeadLetterRow | null> {
      authorise(caller.principal, 'deadLetter.read');
      return caller.loaders.deadLetter.load(id);
    },

    /** Newest failure first. */
    async list(
      caller: Caller,
      paging: { first: number; after?: string | null },
      status?: DeadLetterStatus | null,
    ): Promise<Connection<DeadLetterRow>> {
      const { workspace } = authorise(caller.principal, 'deadLetter.read');
      const page = toPage(paging);
      const rows = await deadLetters.page(workspace, page, status ?? undefined);
      return toConnection(rows, page, ({ lastFailedAt, id }) => ({ time: lastFailedAt, id }));
    },

    async openCount(caller: Caller, sourceId: string): Promise<number> {
      authorise(caller.principal, 'deadLetter.read');
      return caller.loaders.openDeadLetters.load(sourceId);
    },

    replay: createReplay(deps),
  };
}
