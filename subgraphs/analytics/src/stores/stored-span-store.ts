import type { Pool } from 'pg';

/** The hours that a source's stored events span. */
export interface StoredSpan {
  sourceId: string;
  /** The beginning of the oldest one's hour; null without events, as is `to`. */
  from: Date | null;
  /** The end of the newest one's hour. */
  to: Date | null;
}

export function createStoredSpanStore({ pool }: { pool: Pool }) {
  return {
    /** Of each source: one look at either end of the events' key. */
    async bySources(workspaceId: string, sourceIds: readonly string[]): Promise<StoredSpan[]> {
      const { rows } = await pool.query<StoredSpan>(
        `SELECT source_id AS "sourceId",
                (SELECT date_trunc('hour', min(time), 'UTC') FROM event
                 WHERE event.workspace_id = $1 AND event.source_id = asked.source_id) AS "from",
                (SELECT date_trunc('hour', max(time), 'UTC') + interval '1 hour' FROM event
                 WHERE event.workspace_id = $1 AND event.source_id = asked.source_id) AS "to"
         FROM unnest($2::uuid[]) AS asked(source_id)`,
        [workspaceId, sourceIds],
      );
      return rows;
    },
  };
}
