import { transaction } from '@tributary/chassis';
import { advancePositions, type PositionAdvance } from '@tributary/event-log';
import type { ClientBase, Pool } from 'pg';
import { v7 } from 'uuid';
import type { Failure } from '../pipeline/failure.ts';

/** Refused at the door. */
export interface RefusedRecord extends Failure {
  original: string;
}

/** Failed in the pipeline; the same record has the same id. */
export interface FailedRecord extends RefusedRecord {
  id: string;
  workspace: string;
  sourceId: string;
}

/** How a dead letter fared that was sent through again. */
export interface ReplayedRecord {
  id: string;
  workspace: string;
  failure: Failure | undefined;
}

export interface Settlement {
  failed: readonly FailedRecord[];
  replayed: readonly ReplayedRecord[];
  advances: readonly PositionAdvance[];
}

export interface FailedRecordStoreDeps {
  pool: Pool;
  /** Whose positions move with what a batch left behind. */
  consumer: { topic: string; group: string };
}

export type FailedRecordStore = ReturnType<typeof createFailedRecordStore>;

/** How records become dead letters, and how those fare that are sent through again. */
export function createFailedRecordStore({ pool, consumer }: FailedRecordStoreDeps) {
  return {
    /** Keeps records that the door refused, each a dead letter of its own, if `beforeCommit` succeeds. */
    async addRefused(
      workspace: string,
      sourceId: string,
      records: readonly RefusedRecord[],
      beforeCommit: () => Promise<void>,
    ): Promise<void> {
      if (records.length === 0) return beforeCommit();
      const rows = records.map((record) => ({ ...record, id: v7(), workspace, sourceId }));
      await transaction(pool, async (client) => {
        await insertDeadLetters(client, rows);
        await beforeCommit();
      });
    },

    /** What a batch left behind, of several workspaces, and the position after it, in one transaction. */
    settle: ({ failed, replayed, advances }: Settlement): Promise<void> =>
      transaction(pool, async (client) => {
        await insertDeadLetters(client, failed);
        await settleReplays(client, replayed);
        await advancePositions(client, consumer, advances);
      }),
  };
}

/** In bulk; one that is there stays as it is, one of a source that is gone is left out, so nothing blocks the rest. */
async function insertDeadLetters(
  client: ClientBase | Pool,
  records: readonly FailedRecord[],
): Promise<void> {
  if (records.length === 0) return;
  await client.query(
    `INSERT INTO dead_letter (id, workspace_id, source_id, stage, field, reason, original)
     SELECT failed.id, source.workspace_id, source.id, failed.stage, failed.field, failed.reason, failed.original
     FROM unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::pipeline_stage[], $5::text[], $6::text[], $7::text[])
       AS failed(id, workspace_id, source_id, stage, field, reason, original)
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
    ],
  );
}

/** RESOLVED, or OPEN again with the new cause. Only while REPLAYING: a repeated message changes nothing. */
async function settleReplays(
  client: ClientBase,
  replays: readonly ReplayedRecord[],
): Promise<void> {
  if (replays.length === 0) return;
  await client.query(
    `UPDATE dead_letter SET
       status = CASE WHEN replay.reason IS NULL THEN 'RESOLVED' ELSE 'OPEN' END::dead_letter_status,
       attempts = dead_letter.attempts + CASE WHEN replay.reason IS NULL THEN 0 ELSE 1 END,
       stage = coalesce(replay.stage, dead_letter.stage),
       field = CASE WHEN replay.reason IS NULL THEN dead_letter.field ELSE replay.field END,
       reason = coalesce(replay.reason, dead_letter.reason),
       last_failed_at = CASE WHEN replay.reason IS NULL THEN dead_letter.last_failed_at ELSE now() END
     FROM unnest($1::uuid[], $2::uuid[], $3::pipeline_stage[], $4::text[], $5::text[])
       AS replay(id, workspace_id, stage, field, reason)
     WHERE dead_letter.id = replay.id AND dead_letter.workspace_id = replay.workspace_id
       AND dead_letter.status = 'REPLAYING'`,
    [
      replays.map((replay) => replay.id),
      replays.map((replay) => replay.workspace),
      replays.map((replay) => replay.failure?.stage ?? null),
      replays.map((replay) => replay.failure?.field ?? null),
      replays.map((replay) => replay.failure?.reason ?? null),
    ],
  );
}
