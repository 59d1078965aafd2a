import { createRowsLoader } from '@tributary/chassis';
import type { Pool } from 'pg';
import type { Data } from '../rollups/event-data.ts';

export interface SeenEvent {
  sourceId: string;
  type: string;
  data: Data;
}

type SeenEventStore = ReturnType<typeof createSeenEventStore>;

export function createSeenEventStore({ pool }: { pool: Pool }) {
  return {
    /** Of each source the stored events with the newest times, newest first. */
    async newest(
      workspaceId: string,
      sourceIds: readonly string[],
      limit: number,
    ): Promise<SeenEvent[]> {
      const { rows } = await pool.query<SeenEvent>(
        `SELECT wanted.source_id AS "sourceId", seen.type, seen.data
         FROM unnest($2::uuid[]) AS wanted (source_id), LATERAL (
           SELECT type, data FROM event WHERE workspace_id = $1 AND event.source_id = wanted.source_id
           ORDER BY time DESC LIMIT $3
         ) AS seen`,
        [workspaceId, sourceIds, limit],
      );
      return rows;
    },
  };
}

export const createSeenEventLoader = (store: SeenEventStore, workspaceId: string) =>
  createRowsLoader(
    (ids) => store.newest(workspaceId, ids, 200),
    ({ sourceId }) => sourceId,
  );
