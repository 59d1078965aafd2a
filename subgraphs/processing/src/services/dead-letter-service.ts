import { authorise, type Connection, toConnection, toPage } from '@tributary/chassis';
import { parseInput } from '@tributary/errors';
import { z } from 'zod';
import { toReplayedEvent } from '../dead-letters/replay-event.ts';
import type { EventPreview } from '../pipeline/preview-event.ts';
import type {
  DeadLetterGroupRow,
  DeadLetterRow,
  DeadLetterStatus,
} from '../stores/dead-letter-store.ts';
import type { Caller } from './caller.ts';
import { type DeadLetterFilterInput, filterSchema, nameSchema } from './input-schemas.ts';
import type { PreviewEvents } from './preview-service.ts';
import {
  createReplay,
  needsEdit,
  type ReplayDeps,
  type ReplayInput,
  requireLetter,
  stillBad,
  wrongState,
} from './replay-dead-letter.ts';
import { createBulkReplay, type ReplayCounts } from './replay-dead-letters.ts';

const mostIds = 1_000;
const discardSchema = z
  .object({
    ids: z
      .array(z.uuid())
      .min(1, 'must name one')
      .max(mostIds, `must be at most ${mostIds}`)
      .nullish(),
    filter: filterSchema.nullish(),
    reason: nameSchema,
  })
  .refine(({ ids, filter }) => (ids == null) !== (filter == null), 'must have `ids` or `filter`');

export interface DeadLetterServiceDeps extends ReplayDeps {
  previewEvents: PreviewEvents;
}

export interface ReviewInput {
  id: string;
  verdict: 'APPROVE' | 'REJECT';
  reason?: string | null;
}

export function createDeadLetterService(deps: DeadLetterServiceDeps) {
  const { deadLetters, definitions, previewEvents } = deps;
  const replay = createReplay(deps);
  const replayMany = createBulkReplay(deps);

  return {
    replay,

    async byId(caller: Caller, id: string): Promise<DeadLetterRow | null> {
      authorise(caller.principal, 'deadLetter.read');
      return caller.loaders.deadLetter.load(id);
    },

    /** Newest failure first. */
    async list(
      caller: Caller,
      paging: { first: number; after?: string | null },
      { status, filter }: { status?: DeadLetterStatus | null | undefined; filter?: unknown } = {},
    ): Promise<Connection<DeadLetterRow>> {
      const { workspace } = authorise(caller.principal, 'deadLetter.read');
      const page = toPage(paging);
      const parsed = parseInput(filterSchema, filter ?? {}, ['filter']);
      const rows = await deadLetters.page(workspace, page, status ?? undefined, parsed);
      return toConnection(rows, page, ({ lastFailedAt, id }) => ({ time: lastFailedAt, id }));
    },

    /** By source and cause, the most frequent first. */
    async groups(caller: Caller, status: DeadLetterStatus): Promise<DeadLetterGroupRow[]> {
      const { workspace } = authorise(caller.principal, 'deadLetter.read');
      return deadLetters.groups(workspace, status);
    },

    async openCount(caller: Caller, sourceId: string): Promise<number> {
      authorise(caller.principal, 'deadLetter.read');
      return caller.loaders.openDeadLetters.load(sourceId);
    },

    async replayMatching(caller: Caller, filter: DeadLetterFilterInput): Promise<ReplayCounts> {
      return replayMany(caller, parseInput(filterSchema, filter, ['input', 'filter']));
    },

    /** What a replay would come to, without one. */
    async dryRun(caller: Caller, input: ReplayInput): Promise<EventPreview> {
      const { workspace } = authorise(caller.principal, 'deadLetter.replay');
      const letter = await requireLetter(caller, input.id);
      const replayed = toReplayedEvent(letter, {
        definitions: await definitions.refresh(workspace),
        requestId: caller.requestId,
        event: input.event,
      });
      if (replayed.kind === 'unreadable') throw needsEdit();
      if (replayed.kind === 'bad') throw stillBad(replayed.failure, input);
      const [preview] = await previewEvents(workspace, letter.sourceId, [replayed.event]);
      if (!preview) throw new Error('a preview of one event has one result');
      return preview;
    },

    /** Gives up on open or held letters, for good. Answers how many. */
    async discard(caller: Caller, input: unknown): Promise<number> {
      const { workspace } = authorise(caller.principal, 'deadLetter.replay');
      const { ids, filter, reason } = parseInput(discardSchema, input);
      const which = ids ? { ids } : { filter: filter ?? {} };
      return deadLetters.discard(workspace, which, reason);
    },

    /** Lets a held letter through, or discards it. @throws NOT_FOUND, CONFLICT when it is not held. */
    async review(caller: Caller, input: ReviewInput): Promise<DeadLetterRow | null> {
      if (input.verdict === 'APPROVE')
        return replay(caller, { id: input.id }, { isApproved: true });
      const { workspace } = authorise(caller.principal, 'deadLetter.replay');
      const reason = parseInput(nameSchema, input.reason ?? '', ['input', 'reason']);
      const letter = await requireLetter(caller, input.id);
      if (letter.status !== 'HELD') throw wrongState(letter.status);
      const count = await deadLetters.discard(workspace, { ids: [letter.id] }, reason);
      const judged = await caller.loaders.deadLetter.clear(letter.id).load(letter.id);
      // Somebody else was faster.
      if (count === 0 && judged) throw wrongState(judged.status);
      return judged;
    },
  };
}
