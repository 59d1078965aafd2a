import type { ClientBase, Pool } from 'pg';

/** What a source's records came to within the current minute. */
export interface SourceTally {
  workspace: string;
  sourceId: string;
  records: number;
  failed: number;
}

export interface SourceMinuteRow {
  workspaceId: string;
  sourceId: string;
  sourceName: string;
  bucket: Date;
  records: number;
  failed: number;
}

/** Adds to the current minute; sources that are gone are left out. In one order, so that none waits for another in a circle. */
export async function addToMinute(
  client: ClientBase,
  tallies: readonly SourceTally[],
): Promise<void> {
  if (tallies.length === 0) return;
  await client.query(
    `INSERT INTO source_minute AS held (source_id, bucket, workspace_id, records, failed)
     SELECT source.id, date_trunc('minute', now()), source.workspace_id, added.records, added.failed
     FROM unnest($1::uuid[], $2::uuid[], $3::bigint[], $4::bigint[])
       AS added(workspace_id, source_id, records, failed)
     JOIN source ON source.id = added.source_id AND source.workspace_id = added.workspace_id
     ORDER BY source.id
     ON CONFLICT (source_id, bucket) DO UPDATE
     SET records = held.records + excluded.records, failed = held.failed + excluded.failed`,
    [
      tallies.map(({ workspace }) => workspace),
      tallies.map(({ sourceId }) => sourceId),
      tallies.map(({ records }) => records),
      tallies.map(({ failed }) => failed),
    ],
  );
}

export type SourceMinuteStore = ReturnType<typeof createSourceMinuteStore>;

export function createSourceMinuteStore({ pool }: { pool: Pool }) {
  return {
    /** The last ten minutes of all sources of which something failed in them. */
    async troubled(): Promise<SourceMinuteRow[]> {
      const { rows } = await pool.query<SourceMinuteRow>(
        `SELECT minute.workspace_id AS "workspaceId", source_id AS "sourceId", source.name AS "sourceName",
                bucket, records::float8 AS records, failed::float8 AS failed
         FROM source_minute AS minute JOIN source ON source.id = source_id
         WHERE bucket > now() - interval '10 minutes' AND source_id IN (
           SELECT source_id FROM source_minute
           WHERE bucket > now() - interval '10 minutes' AND failed > 0)
         ORDER BY source_id, bucket`,
      );
      return rows;
    },

    /** Forgets what nobody asks for any more. */
    async prune(): Promise<void> {
      await pool.query(`DELETE FROM source_minute WHERE bucket < now() - interval '1 day'`);
    },
  };
}
