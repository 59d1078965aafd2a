import { createRowLoader, type Page, transaction } from '@tributary/chassis';
import { enqueue, type OutboxMessage } from '@tributary/outbox';
import type { PrismaClient } from '@tributary/prisma/processing';
import DataLoader from 'dataloader';
import type { ClientBase, Pool } from 'pg';
import type { Failure, FailureStage } from '../pipeline/failure.ts';
import {
  causeOfReason,
  type DeadLetterFilter,
  filterValues,
  matchesFilter,
} from './dead-letter-filter.ts';

export type DeadLetterStatus = 'OPEN' | 'HELD' | 'REPLAYING' | 'RESOLVED' | 'DISCARDED';

export interface DeadLetterRow {
  id: string;
  workspaceId: string;
  sourceId: string;
  stage: FailureStage;
  field: string | null;
  reason: string;
  original: string;
  attempts: number;
  status: DeadLetterStatus;
  firstFailedAt: Date;
  lastFailedAt: Date;
  /** When it is sent through again by itself. */
  retryAt: Date | null;
  note: string | null;
}

/** Letters of one source that failed for one cause. */
export interface DeadLetterGroupRow {
  sourceId: string;
  stage: FailureStage;
  field: string | null;
  cause: string;
  count: number;
  attempts: number;
  firstFailedAt: Date;
  lastFailedAt: Date;
}

/** A letter that is to go through the pipeline again, and the message that sends it. */
export interface Replay {
  id: string;
  message: OutboxMessage;
}

/** A letter that is still bad, and why. */
export interface StillBad {
  id: string;
  workspaceId: string;
  failure: Failure;
}

export type DeadLetterStore = ReturnType<typeof createDeadLetterStore>;

const columns = `id, workspace_id AS "workspaceId", source_id AS "sourceId", stage, field, reason, original,
  attempts, status, first_failed_at AS "firstFailedAt", last_failed_at AS "lastFailedAt",
  retry_at AS "retryAt", note`;
const mostGroups = 200;

export function createDeadLetterStore({ prisma, pool }: { prisma: PrismaClient; pool: Pool }) {
  return {
    /** Newest failure first. */
    async page(
      workspaceId: string,
      page: Page,
      status?: DeadLetterStatus,
      filter: DeadLetterFilter = {},
    ): Promise<DeadLetterRow[]> {
      const { rows } = await pool.query<DeadLetterRow>(
        `SELECT ${columns} FROM dead_letter
         WHERE workspace_id = $1 AND ${matchesFilter} AND ($6::dead_letter_status IS NULL OR status = $6)
           AND ($7::timestamptz IS NULL OR (last_failed_at, id) < ($7, $8::uuid))
         ORDER BY last_failed_at DESC, id DESC LIMIT $9`,
        [
          workspaceId,
          ...filterValues(filter),
          status ?? null,
          page.after?.time ?? null,
          page.after?.id ?? null,
          page.limit,
        ],
      );
      return rows;
    },

    /** Letters by source and cause, the most frequent first, at most 200. */
    async groups(workspaceId: string, status: DeadLetterStatus): Promise<DeadLetterGroupRow[]> {
      const { rows } = await pool.query<DeadLetterGroupRow>(
        `SELECT source_id AS "sourceId", stage, field, ${causeOfReason} AS cause, count(*)::int AS count,
                sum(attempts)::int AS attempts, min(first_failed_at) AS "firstFailedAt",
                max(last_failed_at) AS "lastFailedAt"
         FROM dead_letter WHERE workspace_id = $1 AND status = $2::dead_letter_status
         GROUP BY source_id, stage, field, ${causeOfReason}
         ORDER BY count(*) DESC, max(last_failed_at) DESC LIMIT ${mostGroups}`,
        [workspaceId, status],
      );
      return rows;
    },

    byIds: async (workspaceId: string, ids: string[]): Promise<DeadLetterRow[]> => {
      const { rows } = await pool.query<DeadLetterRow>(
        `SELECT ${columns} FROM dead_letter WHERE workspace_id = $1 AND id = ANY($2)`,
        [workspaceId, ids],
      );
      return rows;
    },

    async countOpen(workspaceId: string, sourceIds: readonly string[]) {
      const { rows } = await pool.query<{ sourceId: string; count: number }>(
        `SELECT source_id AS "sourceId", count(*)::int AS count FROM dead_letter
         WHERE workspace_id = $1 AND source_id = ANY($2) AND status = 'OPEN' GROUP BY source_id`,
        [workspaceId, sourceIds],
      );
      return new Map(rows.map((row) => [row.sourceId, row.count]));
    },

    /** The next open ones that match, in the order in which they failed first. */
    async openAfter(
      workspaceId: string,
      filter: DeadLetterFilter,
      after: { firstFailedAt: Date; id: string } | undefined,
      limit: number,
    ): Promise<DeadLetterRow[]> {
      const { rows } = await pool.query<DeadLetterRow>(
        `SELECT ${columns} FROM dead_letter
         WHERE workspace_id = $1 AND ${matchesFilter} AND status = 'OPEN'
           AND ($6::timestamptz IS NULL OR (first_failed_at, id) > ($6, $7::uuid))
         ORDER BY first_failed_at, id LIMIT $8`,
        [
          workspaceId,
          ...filterValues(filter),
          after?.firstFailedAt ?? null,
          after?.id ?? null,
          limit,
        ],
      );
      return rows;
    },

    /** An edit that is still bad: counts as an attempt, with its own cause. */
    async noteFailure(workspaceId: string, id: string, failure: Failure): Promise<void> {
      await prisma.deadLetter.updateMany({
        where: { workspaceId, id, status: { in: ['OPEN', 'HELD'] } },
        data: {
          stage: failure.stage,
          field: failure.field,
          reason: failure.reason,
          attempts: { increment: 1 },
          lastFailedAt: new Date(),
        },
      });
    },

    /** As `noteFailure`, for many. */
    noteFailures: (bad: readonly StillBad[]): Promise<void> => noteFailures(pool, bad),

    /** Marks those that are open, or held, and writes their messages in one transaction; answers whose. */
    beginReplays: (workspaceId: string, replays: readonly Replay[]): Promise<Set<string>> =>
      transaction(pool, (client) => beginReplays(client, workspaceId, replays)),

    /** Gives up on letters that wait for somebody; answers how many. */
    async discard(
      workspaceId: string,
      which: { ids: readonly string[] } | { filter: DeadLetterFilter },
      note: string,
    ): Promise<number> {
      const ids = 'ids' in which ? which.ids : null;
      const filter = 'filter' in which ? which.filter : {};
      const { rowCount } = await pool.query(
        `UPDATE dead_letter SET status = 'DISCARDED', note = $7, retry_at = NULL
         WHERE workspace_id = $1 AND ${matchesFilter} AND ($6::uuid[] IS NULL OR id = ANY($6))
           AND status IN ('OPEN', 'HELD')`,
        [workspaceId, ...filterValues(filter), ids, note],
      );
      return rowCount ?? 0;
    },

    /**
     * Takes up to `limit` letters of any workspace whose time for another try has come. `take` says what
     * becomes of each. Processes that do so at once take different ones.
     */
    retryDue: (
      limit: number,
      take: (
        letters: DeadLetterRow[],
      ) => Promise<{ replays: (Replay & { workspaceId: string })[]; bad: StillBad[] }>,
    ): Promise<number> =>
      transaction(pool, async (client) => {
        const { rows } = await client.query<DeadLetterRow>(
          `SELECT ${columns} FROM dead_letter WHERE retry_at <= now() AND status = 'OPEN'
           ORDER BY retry_at LIMIT $1 FOR UPDATE SKIP LOCKED`,
          [limit],
        );
        if (rows.length === 0) return 0;
        const { replays, bad } = await take(rows);
        for (const [workspaceId, own] of Map.groupBy(replays, (replay) => replay.workspaceId)) {
          await beginReplays(client, workspaceId, own);
        }
        await noteFailures(client, bad);
        return rows.length;
      }),
  };
}

async function beginReplays(
  client: ClientBase,
  workspaceId: string,
  replays: readonly Replay[],
): Promise<Set<string>> {
  const { rows } = await client.query<{ id: string }>(
    `UPDATE dead_letter SET status = 'REPLAYING', retry_at = NULL
     WHERE workspace_id = $1 AND id = ANY($2) AND status IN ('OPEN', 'HELD') RETURNING id`,
    [workspaceId, replays.map(({ id }) => id)],
  );
  const begun = new Set(rows.map(({ id }) => id));
  await enqueue(
    client,
    replays.filter(({ id }) => begun.has(id)).map(({ message }) => message),
  );
  return begun;
}

/** For good: what the door refuses now will not pass by itself later. */
async function noteFailures(client: ClientBase | Pool, bad: readonly StillBad[]): Promise<void> {
  if (bad.length === 0) return;
  await client.query(
    `UPDATE dead_letter SET stage = noted.stage, field = noted.field, reason = noted.reason,
            attempts = attempts + 1, last_failed_at = now(), retry_at = NULL
     FROM unnest($1::uuid[], $2::uuid[], $3::pipeline_stage[], $4::text[], $5::text[])
       AS noted(id, workspace_id, stage, field, reason)
     WHERE dead_letter.id = noted.id AND dead_letter.workspace_id = noted.workspace_id
       AND dead_letter.status = 'OPEN'`,
    [
      bad.map(({ id }) => id),
      bad.map(({ workspaceId }) => workspaceId),
      bad.map(({ failure }) => failure.stage),
      bad.map(({ failure }) => failure.field),
      bad.map(({ failure }) => failure.reason),
    ],
  );
}

export const createDeadLetterLoader = (store: DeadLetterStore, workspaceId: string) =>
  createRowLoader(
    (ids) => store.byIds(workspaceId, ids),
    (row) => row.id,
  );

/** Open dead letters by source. */
export const createOpenCountLoader = (store: DeadLetterStore, workspaceId: string) =>
  new DataLoader<string, number>(async (sourceIds) => {
    const counts = await store.countOpen(workspaceId, sourceIds);
    return sourceIds.map((id) => counts.get(id) ?? 0);
  });
