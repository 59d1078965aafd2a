import { transaction } from '@tributary/chassis';
import { advancePositions, type PositionAdvance } from '@tributary/event-log';
import type { ClientBase, Pool } from 'pg';
import { v7 } from 'uuid';
import type { Failure } from '../pipeline/failure.ts';
import { addToMinute, type SourceTally } from './source-minute-store.ts';

/** Times that a record is tried again by itself. */
const mostRetries = 5;

/** Refused at the door. */
export interface RefusedRecord extends Failure {
  /** That of a record that may come again; a new one, if left out. */
  id?: string;
  original: string;
}

/** Failed in the pipeline; the same record has the same id. */
export interface FailedRecord extends RefusedRecord {
  id: string;
  workspace: string;
  sourceId: string;
  /** Waits for somebody to look at it. */
  isHeld?: boolean;
}

/** How a dead letter fared that was sent through again. */
export interface ReplayedRecord {
  id: string;
  workspace: string;
  failure: Failure | undefined;
  isHeld?: boolean;
}

export interface Settlement {
  failed: readonly FailedRecord[];
  replayed: readonly ReplayedRecord[];
  advances: readonly PositionAdvance[];
  /** What each source's records came to. */
  tallies?: readonly SourceTally[];
}

export interface FailedRecordStoreDeps {
  pool: Pool;
  /** Whose positions move with what a batch left behind. */
  consumer: { topic: string; group: string };
  /** How long after its first failure a record that may pass later is tried again; four times that each time after. */
  retryMilliseconds: number;
}

export type FailedRecordStore = ReturnType<typeof createFailedRecordStore>;

/** How records become dead letters, and how those fare that are sent through again. */
export function createFailedRecordStore(deps: FailedRecordStoreDeps) {
  const { pool, consumer, retryMilliseconds } = deps;
  return {
    /** Keeps records that the door refused, each a dead letter of its own, if `beforeCommit` succeeds. */
    async addRefused(
      workspace: string,
      sourceId: string,
      records: readonly RefusedRecord[],
      beforeCommit: () => Promise<void>,
    ): Promise<void> {
      if (records.length === 0) return beforeCommit();
      const rows = records.map((record) => ({ id: v7(), ...record, workspace, sourceId }));
      await transaction(pool, async (client) => {
        await insertDeadLetters(client, rows, retryMilliseconds);
        await beforeCommit();
        const { length } = records;
        await addToMinute(client, [{ workspace, sourceId, records: length, failed: length }]);
      });
    },

    /** What a batch left behind, of several workspaces, and the position after it, in one transaction. */
    settle: ({ failed, replayed, advances, tallies = [] }: Settlement): Promise<void> =>
      transaction(pool, async (client) => {
        await insertDeadLetters(client, failed, retryMilliseconds);
        await settleReplays(client, replayed, retryMilliseconds);
        await addToMinute(client, tallies);
        await advancePositions(client, consumer, advances);
      }),
  };
}

/** In bulk; one that is there stays as it is, one of a source that is gone is left out, so nothing blocks the rest. */
async function insertDeadLetters(
  client: ClientBase | Pool,
  records: readonly FailedRecord[],
  retryMilliseconds: number,
): Promise<void> {
  if (records.length === 0) return;
  await client.query(
    `INSERT INTO dead_letter (id, workspace_id, source_id, stage, field, reason, original, status, retry_at)
     SELECT failed.id, source.workspace_id, source.id, failed.stage, failed.field, failed.reason, failed.original,
            CASE WHEN failed.is_held THEN 'HELD' ELSE 'OPEN' END::dead_letter_status,
            CASE WHEN failed.retry THEN now() + $10 * interval '1 millisecond' END
     FROM unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::pipeline_stage[], $5::text[], $6::text[], $7::text[],
                 $8::boolean[], $9::boolean[])
       AS failed(id, workspace_id, source_id, stage, field, reason, original, is_held, retry)
     JOIN source ON source.id = failed.source_id AND source.workspace_id = failed.workspace_id
     ON CONFLICT (id) DO NOTHING`,
    [
      records.map((record) => record.id),
      records.map((record) => record.workspace),
      records.map((record) => record.sourceId),
      records.map((record) => record.stage),
      records.map((record) => record.field),
      records.map((record) => record.reason),
      records.map((record) => record.original),
      records.map((record) => record.isHeld === true),
      records.map((record) => record.retry === true),
      retryMilliseconds,
    ],
  );
}

/**
 * RESOLVED, or OPEN or HELD again with the new cause; to be tried again where that may help, five times
 * at most. Only while REPLAYING: a repeated message changes nothing.
 */
async function settleReplays(
  client: ClientBase,
  replays: readonly ReplayedRecord[],
  retryMilliseconds: number,
): Promise<void> {
  if (replays.length === 0) return;
  await client.query(
    `UPDATE dead_letter SET
       status = CASE WHEN replay.reason IS NULL THEN 'RESOLVED' WHEN replay.is_held THEN 'HELD'
                     ELSE 'OPEN' END::dead_letter_status,
       retry_at = CASE WHEN replay.retry AND dead_letter.attempts < ${mostRetries}
                       THEN now() + $8 * power(4, dead_letter.attempts) * interval '1 millisecond' END,
       attempts = dead_letter.attempts + CASE WHEN replay.reason IS NULL THEN 0 ELSE 1 END,
       stage = coalesce(replay.stage, dead_letter.stage),
       field = CASE WHEN replay.reason IS NULL THEN dead_letter.field ELSE replay.field END,
       reason = coalesce(replay.reason, dead_letter.reason),
       last_failed_at = CASE WHEN replay.reason IS NULL THEN dead_letter.last_failed_at ELSE now() END
     FROM unnest($1::uuid[], $2::uuid[], $3::pipeline_stage[], $4::text[], $5::text[], $6::boolean[], $7::boolean[])
       AS replay(id, workspace_id, stage, field, reason, is_held, retry)
     WHERE dead_letter.id = replay.id AND dead_letter.workspace_id = replay.workspace_id
       AND dead_letter.status = 'REPLAYING'`,
    [
      replays.map((replay) => replay.id),
      replays.map((replay) => replay.workspace),
      replays.map((replay) => replay.failure?.stage ?? null),
      replays.map((replay) => replay.failure?.field ?? null),
      replays.map((replay) => replay.failure?.reason ?? null),
      replays.map((replay) => replay.isHeld === true),
      replays.map((replay) => replay.failure?.retry === true),
      retryMilliseconds,
    ],
  );
}
