import { createRowsLoader, transaction } from '@tributary/chassis';
import type { EventReceived } from '@tributary/events';
import type { Pool } from 'pg';
import { v7 } from 'uuid';

/** Kept of each source. */
const mostSamples = 20;

export interface SampleEventRow {
  id: string;
  sourceId: string;
  event: EventReceived;
  takenAt: Date;
}

export type SampleEventStore = ReturnType<typeof createSampleEventStore>;

const columns = 'id, source_id AS "sourceId", event, taken_at AS "takenAt"';

/** Some of the newest events of each source as they were accepted, to try pipelines on. */
export function createSampleEventStore({ pool }: { pool: Pool }) {
  return {
    /** Of any workspaces; those of sources that are gone are left out. */
    add: (events: readonly EventReceived[]): Promise<void> =>
      transaction(pool, async (client) => {
        await client.query(
          `INSERT INTO sample_event (id, workspace_id, source_id, event)
           SELECT taken.id, source.workspace_id, source.id, taken.event
           FROM unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::jsonb[])
             AS taken(id, workspace_id, source_id, event)
           JOIN source ON source.id = taken.source_id AND source.workspace_id = taken.workspace_id`,
          [
            events.map(() => v7()),
            events.map(({ workspace }) => workspace),
            events.map(({ sourceid }) => sourceid),
            events.map((event) => JSON.stringify(event)),
          ],
        );
        await client.query(
          `DELETE FROM sample_event USING (
             SELECT id, row_number() OVER (PARTITION BY source_id ORDER BY taken_at DESC, id DESC) AS place
             FROM sample_event WHERE source_id = ANY($1)) AS ranked
           WHERE sample_event.id = ranked.id AND ranked.place > ${mostSamples}`,
          [[...new Set(events.map(({ sourceid }) => sourceid))]],
        );
      }),

    /** Newest first. */
    async ofSources(workspaceId: string, sourceIds: string[]): Promise<SampleEventRow[]> {
      const { rows } = await pool.query<SampleEventRow>(
        `SELECT ${columns} FROM sample_event WHERE workspace_id = $1 AND source_id = ANY($2)
         ORDER BY taken_at DESC, id DESC`,
        [workspaceId, sourceIds],
      );
      return rows;
    },
  };
}

/** By source, newest first. */
export const createSampleEventsLoader = (store: SampleEventStore, workspaceId: string) =>
  createRowsLoader(
    (sourceIds) => store.ofSources(workspaceId, sourceIds),
    (row) => row.sourceId,
  );
