import { createRowLoader, transaction } from '@tributary/chassis';
import type { ClientBase, Pool } from 'pg';
import { onlyRow } from './only-row.ts';

export interface EventTypeRow {
  id: string;
  name: string;
  version: number;
  jsonSchema: unknown;
  registeredAt: Date;
}

export interface NewEventType {
  id: string;
  name: string;
  jsonSchema: unknown;
}

export type EventTypeStore = ReturnType<typeof createEventTypeStore>;

const columns = `event_type.id, event_type.name, event_type.version, event_type.json_schema AS "jsonSchema",
                 event_type.registered_at AS "registeredAt"`;

export function createEventTypeStore({ pool }: { pool: Pool }) {
  return {
    /** Adds the next version, unless `assertFollows` throws at the one before it. */
    register: (
      workspaceId: string,
      type: NewEventType,
      assertFollows: (held: EventTypeRow | undefined) => void,
    ): Promise<EventTypeRow> =>
      transaction(pool, async (client) => {
        // Registrations of one type take turns, so that each gets a version of its own.
        await client.query('SELECT pg_advisory_xact_lock(hashtextextended($1, 0))', [
          `event_type/${workspaceId}/${type.name}`,
        ]);
        assertFollows(await newestOf(client, workspaceId, type.name));
        const { rows } = await client.query<EventTypeRow>(
          `INSERT INTO event_type (id, workspace_id, name, version, json_schema)
           SELECT $1, $2, $3, coalesce(max(version), 0) + 1, $4
           FROM event_type WHERE workspace_id = $2 AND name = $3
           RETURNING ${columns}`,
          [type.id, workspaceId, type.name, JSON.stringify(type.jsonSchema)],
        );
        return onlyRow(rows);
      }),

    newestOf: (workspaceId: string, name: string) => newestOf(pool, workspaceId, name),

    /** The newest version of every type, by name. */
    async newest(workspaceId: string): Promise<EventTypeRow[]> {
      const { rows } = await pool.query<EventTypeRow>(
        `SELECT DISTINCT ON (name) ${columns} FROM event_type
         WHERE workspace_id = $1 ORDER BY name, version DESC`,
        [workspaceId],
      );
      return rows;
    },

    async byIds(workspaceId: string, ids: string[]): Promise<EventTypeRow[]> {
      const { rows } = await pool.query<EventTypeRow>(
        `SELECT ${columns} FROM event_type WHERE workspace_id = $1 AND id = ANY($2)`,
        [workspaceId, ids],
      );
      return rows;
    },
  };
}

async function newestOf(client: ClientBase | Pool, workspaceId: string, name: string) {
  const { rows } = await client.query<EventTypeRow>(
    `SELECT ${columns} FROM event_type WHERE workspace_id = $1 AND name = $2
     ORDER BY version DESC LIMIT 1`,
    [workspaceId, name],
  );
  return rows[0];
}

export const createEventTypeLoader = (store: EventTypeStore, workspaceId: string) =>
  createRowLoader(
    (ids) => store.byIds(workspaceId, ids),
    (row) => row.id,
  );
