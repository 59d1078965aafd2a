import type { PoolClient } from 'pg';
import { identityOf, type StoredEvent } from '../rollups/stored-event.ts';

/** Inserts the events that are not there yet, in the caller's transaction, and answers those. */
export async function insertNewEvents(
  client: PoolClient,
  events: readonly StoredEvent[],
): Promise<StoredEvent[]> {
  // Of equal ones the first counts, as it does across batches.
  const distinct = new Map(events.toReversed().map((event) => [identityOf(event), event]));
  const candidates = [...distinct.values()].reverse();
  const { rows } = await client.query<
    Pick<StoredEvent, 'workspaceId' | 'sourceId' | 'eventId' | 'time'>
  >(
    `INSERT INTO event (workspace_id, source_id, event_id, time, type, data, accepted_at)
     SELECT * FROM unnest($1::uuid[], $2::uuid[], $3::text[], $4::timestamptz[], $5::text[], $6::jsonb[], $7::timestamptz[])
     ON CONFLICT DO NOTHING
     RETURNING workspace_id AS "workspaceId", source_id AS "sourceId", event_id AS "eventId", time`,
    [
      candidates.map(({ workspaceId }) => workspaceId),
      candidates.map(({ sourceId }) => sourceId),
      candidates.map(({ eventId }) => eventId),
      candidates.map(({ time }) => time.toISOString()),
      candidates.map(({ type }) => type),
      candidates.map(({ data }) => JSON.stringify(data)),
      candidates.map(({ acceptedAt }) => acceptedAt.toISOString()),
    ],
  );
  if (rows.length === candidates.length) return candidates;
  return rows.flatMap((row) => distinct.get(identityOf(row)) ?? []);
}
