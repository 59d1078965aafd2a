import type { PoolClient } from 'pg';
import { identityOf, type StoredEvent } from '../rollups/stored-event.ts';
import { copyEvents } from './copy-events.ts';

/** After a duplicate, so many slices are inserted with care: duplicates come in company. */
const carefulSlices = 40;

/** Stores the events that are not there yet, in the caller's transaction, and answers those. */
export type InsertNewEvents = (
  client: PoolClient,
  events: readonly StoredEvent[],
) => Promise<StoredEvent[]>;

/** Hopes that events are new, as nearly all are, and goes about it more slowly where they were not. */
export function createEventInserter(): InsertNewEvents {
  let careful = 0;
  return async (client, events) => {
    const distinct = new Map<string, StoredEvent>();
    for (const event of events) {
      const identity = identityOf(event);
      // Of equal ones the first counts, as it does across batches.
      if (!distinct.has(identity)) distinct.set(identity, event);
    }
    const candidates = [...distinct.values()];
    if (careful === 0 && (await copyEvents(client, candidates))) return candidates;
    const added = await insertUnlessStored(client, candidates);
    careful = added.length < candidates.length ? carefulSlices : Math.max(0, careful - 1);
    return added.flatMap((row) => distinct.get(identityOf(row)) ?? []);
  };
}

type Identity = Pick<StoredEvent, 'workspaceId' | 'sourceId' | 'eventId' | 'time'>;

async function insertUnlessStored(
  client: PoolClient,
  events: readonly StoredEvent[],
): Promise<Identity[]> {
  const { rows } = await client.query<Identity>(
    `INSERT INTO event (workspace_id, source_id, event_id, time, type, data, accepted_at)
     SELECT * FROM unnest($1::uuid[], $2::uuid[], $3::text[], $4::timestamptz[], $5::text[], $6::jsonb[], $7::timestamptz[])
     ON CONFLICT DO NOTHING
     RETURNING workspace_id AS "workspaceId", source_id AS "sourceId", event_id AS "eventId", time`,
    [
      events.map(({ workspaceId }) => workspaceId),
      events.map(({ sourceId }) => sourceId),
      events.map(({ eventId }) => eventId),
      events.map(({ timeText }) => timeText),
      events.map(({ type }) => type),
      events.map(({ data }) => JSON.stringify(data)),
      events.map(({ acceptedText }) => acceptedText),
    ],
  );
  return rows;
}
