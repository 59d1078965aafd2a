import type { Pool } from 'pg';
import type { Data } from '../rollups/event-data.ts';

export interface SeenEvent {
  type: string;
  data: Data;
}

export type SeenEventStore = ReturnType<typeof createSeenEventStore>;

export function createSeenEventStore({ pool }: { pool: Pool }) {
  return {
    /** The stored events of a source with the newest times, newest first. */
    async newest(workspaceId: string, sourceId: string, limit: number): Promise<SeenEvent[]> {
      const { rows } = await pool.query<SeenEvent>(
        `SELECT type, data FROM event WHERE workspace_id = $1 AND source_id = $2
         ORDER BY time DESC LIMIT $3`,
        [workspaceId, sourceId, limit],
      );
      return rows;
    },
  };
}
