import type { Pool } from 'pg';

/** Which version of a definition is in force. */
export interface Version {
  kind: 'schema' | 'pipeline' | 'table' | 'source';
  id: string;
  /** The event type, the source's id or the table's name. */
  subject: string;
  /** Of a source, what becomes of unknown types. */
  version: string;
}

export type DefinitionStore = ReturnType<typeof createDefinitionStore>;

/** What records are validated with and taken through, in bulk, for the definition cache. */
export function createDefinitionStore({ pool }: { pool: Pool }) {
  return {
    /** Everything in force, in one statement. */
    async readVersions(workspaceId: string): Promise<Version[]> {
      const { rows } = await pool.query<Version>(versionsStatement, [workspaceId]);
      return rows;
    },

    async loadSchemas(workspaceId: string, ids: string[]) {
      const { rows } = await pool.query<{ id: string; jsonSchema: unknown }>(
        'SELECT id, json_schema AS "jsonSchema" FROM event_type WHERE workspace_id = $1 AND id = ANY($2)',
        [workspaceId, ids],
      );
      return rows;
    },

    async loadStages(workspaceId: string, ids: string[]) {
      const { rows } = await pool.query<{ id: string; stages: unknown; maskKey: string }>(
        `SELECT pipeline.id, pipeline.stages, source.mask_key AS "maskKey"
         FROM pipeline JOIN source ON source.id = pipeline.source_id
         WHERE pipeline.workspace_id = $1 AND pipeline.id = ANY($2)`,
        [workspaceId, ids],
      );
      return rows;
    },

    /** Undefined when the workspace has no such source. */
    async maskKeyOf(workspaceId: string, sourceId: string): Promise<string | undefined> {
      const { rows } = await pool.query<{ maskKey: string }>(
        'SELECT mask_key AS "maskKey" FROM source WHERE workspace_id = $1 AND id = $2',
        [workspaceId, sourceId],
      );
      return rows[0]?.maskKey;
    },

    /** The ids of those tables that exist, by name. */
    async tableIds(workspaceId: string, names: readonly string[]): Promise<Map<string, string>> {
      const { rows } = await pool.query<{ id: string; name: string }>(
        'SELECT id, name FROM lookup_table WHERE workspace_id = $1 AND name = ANY($2)',
        [workspaceId, names],
      );
      return new Map(rows.map(({ id, name }) => [name, id]));
    },

    /** The rows by key of the tables' versions in force. */
    async loadTables(workspaceId: string, ids: string[]) {
      const { rows } = await pool.query<LookupRow>(
        `SELECT lookup_row.table_id AS "tableId", lookup_row.key, lookup_row.columns
         FROM lookup_table
         JOIN lookup_row ON lookup_row.table_id = lookup_table.id AND lookup_row.version = lookup_table.version
         WHERE lookup_table.workspace_id = $1 AND lookup_table.id = ANY($2)`,
        [workspaceId, ids],
      );
      const tables = new Map(ids.map((id) => [id, new Map<string, Record<string, string>>()]));
      for (const { tableId, key, columns } of rows) tables.get(tableId)?.set(key, columns);
      return [...tables];
    },
  };
}

interface LookupRow {
  tableId: string;
  key: string;
  columns: Record<string, string>;
}

const versionsStatement = `
  SELECT 'schema' AS kind, newest.id, newest.name AS subject, newest.version::text AS version
  FROM (SELECT DISTINCT ON (name) id, name, version FROM event_type
        WHERE workspace_id = $1 ORDER BY name, version DESC) AS newest
  UNION ALL
  SELECT 'pipeline', newest.id, source.id::text, newest.version::text
  FROM source CROSS JOIN LATERAL (SELECT id, version FROM pipeline WHERE source_id = source.id
                                  ORDER BY version DESC LIMIT 1) AS newest
  WHERE source.workspace_id = $1
  UNION ALL
  SELECT 'source', id, id::text, unknown_types::text FROM source
  WHERE workspace_id = $1 AND unknown_types <> 'ACCEPT'
  UNION ALL
  SELECT 'table', id, name, version::text FROM lookup_table WHERE workspace_id = $1
  ORDER BY kind, subject`;
