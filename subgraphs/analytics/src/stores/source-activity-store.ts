import type { Pool, PoolClient } from 'pg';
import { bucketOf, minute } from '../rollups/rollup-deltas.ts';
import type { StoredEvent } from '../rollups/stored-event.ts';

/** Counts new events per source and minute of acceptance, in the caller's transaction. */
export async function addActivity(
  client: PoolClient,
  events: readonly StoredEvent[],
): Promise<void> {
  const rows = countByMinute(events);
  if (rows.length === 0) return;
  await client.query(
    `INSERT INTO source_activity AS held (workspace_id, source_id, minute, count, last_accepted_at, last_stored_at)
     SELECT *, clock_timestamp() FROM unnest($1::uuid[], $2::uuid[], $3::timestamptz[], $4::bigint[], $5::timestamptz[])
     ORDER BY 1, 2, 3
     ON CONFLICT (workspace_id, source_id, minute) DO UPDATE SET
       count = held.count + excluded.count,
       last_stored_at = CASE WHEN excluded.last_accepted_at < held.last_accepted_at
                             THEN held.last_stored_at ELSE excluded.last_stored_at END,
       last_accepted_at = greatest(held.last_accepted_at, excluded.last_accepted_at)`,
    [
      rows.map(({ workspaceId }) => workspaceId),
      rows.map(({ sourceId }) => sourceId),
      rows.map(({ bucket }) => new Date(bucket).toISOString()),
      rows.map(({ count }) => count),
      rows.map(({ newest }) => new Date(newest).toISOString()),
    ],
  );
}

interface AcceptedCount {
  workspaceId: string;
  sourceId: string;
  /** Milliseconds since 1970. */
  bucket: number;
  count: number;
  newest: number;
}

/** Neighbours mostly share source and minute, so the last row is tried before it is looked up. */
function countByMinute(events: readonly StoredEvent[]): AcceptedCount[] {
  const rows = new Map<string, AcceptedCount>();
  let last: AcceptedCount | undefined;
  for (const { workspaceId, sourceId, acceptedAt } of events) {
    const accepted = acceptedAt.getTime();
    const bucket = bucketOf(accepted, minute);
    if (last?.sourceId !== sourceId || last.bucket !== bucket || last.workspaceId !== workspaceId) {
      const key = `${workspaceId}/${sourceId}/${bucket}`;
      last = rows.get(key) ?? { workspaceId, sourceId, bucket, count: 0, newest: 0 };
      rows.set(key, last);
    }
    last.count += 1;
    last.newest = Math.max(last.newest, accepted);
  }
  return [...rows.values()];
}

/** A source's newest acceptance, when that event was stored, and the events of its last full minute. */
export interface SourceActivityRow {
  sourceId: string;
  lastAcceptedAt: Date;
  lastStoredAt: Date;
  eventsLastMinute: number;
}

export function createSourceActivityStore({ pool }: { pool: Pool }) {
  return {
    /** One row per source that ever sent something to the workspace. */
    async bySources(
      workspaceId: string,
      sourceIds: readonly string[],
    ): Promise<SourceActivityRow[]> {
      const { rows } = await pool.query<SourceActivityRow>(
        `SELECT wanted.id AS "sourceId", newest.last_accepted_at AS "lastAcceptedAt",
                newest.last_stored_at AS "lastStoredAt", coalesce(last_minute.count, 0)::int AS "eventsLastMinute"
         FROM unnest($2::uuid[]) AS wanted(id)
         CROSS JOIN LATERAL (
           SELECT last_accepted_at, last_stored_at FROM source_activity
           WHERE workspace_id = $1 AND source_id = wanted.id ORDER BY minute DESC LIMIT 1
         ) AS newest
         LEFT JOIN source_activity AS last_minute
           ON last_minute.workspace_id = $1 AND last_minute.source_id = wanted.id
          AND last_minute.minute = date_trunc('minute', now()) - interval '1 minute'`,
        [workspaceId, sourceIds],
      );
      return rows;
    },
  };
}
