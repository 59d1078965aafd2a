import { createRowLoader, type Page, rowsAfter, transaction } from '@tributary/chassis';
import { enqueue, type OutboxMessage } from '@tributary/outbox';
import type { PrismaClient } from '@tributary/prisma/processing';
import DataLoader from 'dataloader';
import type { Pool } from 'pg';
import type { Failure } from '../pipeline/failure.ts';

export type DeadLetterStatus = 'OPEN' | 'REPLAYING' | 'RESOLVED';

export interface DeadLetterRow extends Failure {
  id: string;
  sourceId: string;
  original: string;
  attempts: number;
  status: DeadLetterStatus;
  firstFailedAt: Date;
  lastFailedAt: Date;
}

export type DeadLetterStore = ReturnType<typeof createDeadLetterStore>;

const columns = {
  id: true,
  sourceId: true,
  stage: true,
  field: true,
  reason: true,
  original: true,
  attempts: true,
  status: true,
  firstFailedAt: true,
  lastFailedAt: true,
} as const;

export function createDeadLetterStore({ prisma, pool }: { prisma: PrismaClient; pool: Pool }) {
  return {
    /** Newest failure first. */
    page: (workspaceId: string, page: Page, status?: DeadLetterStatus): Promise<DeadLetterRow[]> =>
      prisma.deadLetter.findMany({
        where: { workspaceId, ...(status && { status }), ...rowsAfter('lastFailedAt', page) },
        orderBy: [{ lastFailedAt: 'desc' }, { id: 'desc' }],
        take: page.limit,
        select: columns,
      }),

    byIds: (workspaceId: string, ids: string[]): Promise<DeadLetterRow[]> =>
      prisma.deadLetter.findMany({ where: { workspaceId, id: { in: ids } }, select: columns }),

    async countOpen(workspaceId: string, sourceIds: readonly string[]) {
      const { rows } = await pool.query<{ sourceId: string; count: number }>(
        `SELECT source_id AS "sourceId", count(*)::int AS count FROM dead_letter
         WHERE workspace_id = $1 AND source_id = ANY($2) AND status = 'OPEN' GROUP BY source_id`,
        [workspaceId, sourceIds],
      );
      return new Map(rows.map((row) => [row.sourceId, row.count]));
    },

    /** An edit that is still bad: counts as an attempt, with its own cause. */
    async noteFailure(workspaceId: string, id: string, failure: Failure): Promise<void> {
      await prisma.deadLetter.updateMany({
        where: { workspaceId, id, status: 'OPEN' },
        data: {
          stage: failure.stage,
          field: failure.field,
          reason: failure.reason,
          attempts: { increment: 1 },
          lastFailedAt: new Date(),
        },
      });
    },

    /** Marks an open dead letter and writes the message in one transaction; false when it is not open. */
    beginReplay: (workspaceId: string, id: string, message: OutboxMessage): Promise<boolean> =>
      transaction(pool, async (client) => {
        const { rowCount } = await client.query(
          `UPDATE dead_letter SET status = 'REPLAYING'
           WHERE workspace_id = $1 AND id = $2 AND status = 'OPEN'`,
          [workspaceId, id],
        );
        if (rowCount === 0) return false;
        await enqueue(client, [message]);
        return true;
      }),
  };
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
