/** Versions of partners' operations. What was pushed is only ever read again. */
import type { OperationMode, PartnerOperations, RegisteredOperation } from '@tributary/operations';
import type { ClientBase, Pool } from 'pg';

export type ManifestState = 'UPLOADED' | 'ACTIVE' | 'RETIRED';

export interface ManifestRow {
  id: string;
  clientId: string;
  version: number;
  state: ManifestState;
  note: string;
  pushedAt: Date;
  activatedAt: Date | null;
  retiredAt: Date | null;
  operationCount: number;
}

export interface OperationRow {
  operationId: string;
  names: string[];
  text: string;
}

export interface NewManifest {
  id: string;
  clientId: string;
  note: string;
  pushedById: string;
  pushedAt: Date;
  operations: readonly (RegisteredOperation & { names: readonly string[] })[];
}

const columns = `manifest.id, client_id AS "clientId", version, note, pushed_at AS "pushedAt",
  activated_at AS "activatedAt", manifest.retired_at AS "retiredAt",
  CASE WHEN version = active_version THEN 'ACTIVE'
       WHEN manifest.retired_at IS NOT NULL THEN 'RETIRED' ELSE 'UPLOADED' END AS state,
  (SELECT count(*)::int FROM registered_operation WHERE manifest_id = manifest.id) AS "operationCount"`;
const ofWorkspace = `FROM operation_manifest manifest
  JOIN api_client ON api_client.id = client_id AND workspace_id = $1`;
const mostShown = 100;

export interface OperationManifestStore {
  /** The newest first. */
  list(workspace: string, clientId: string): Promise<ManifestRow[]>;
  /** Undefined for the version: the active one. */
  find(
    workspace: string,
    clientId: string,
    version: number | undefined,
  ): Promise<ManifestRow | undefined>;
  operationsOf(workspace: string, manifestId: string): Promise<OperationRow[]>;
  /** For whoever proves to be a gateway: what the keys of a client run, and what it is known by. */
  findTag(clientId: string): Promise<ActiveTag | undefined>;
  findPartnerOperations(tag: ActiveTag): Promise<PartnerOperations>;
}

/** Operations of a version never change, so mode and version say whether anything did. */
export interface ActiveTag {
  clientId: string;
  mode: OperationMode;
  version: number | null;
}

export function createOperationManifestStore({ pool }: { pool: Pool }): OperationManifestStore {
  return {
    async list(workspace, clientId) {
      const { rows } = await pool.query<ManifestRow>(
        `SELECT ${columns} ${ofWorkspace} WHERE client_id = $2
         ORDER BY version DESC LIMIT ${mostShown}`,
        [workspace, clientId],
      );
      return rows;
    },
    async find(workspace, clientId, version) {
      const { rows } = await pool.query<ManifestRow>(
        `SELECT ${columns} ${ofWorkspace}
         WHERE client_id = $2 AND version = coalesce($3::int, active_version)`,
        [workspace, clientId, version ?? null],
      );
      return rows[0];
    },
    async operationsOf(workspace, manifestId) {
      const { rows } = await pool.query<OperationRow>(
        `SELECT registered_operation.id AS "operationId", names, text ${ofWorkspace}
         JOIN registered_operation ON manifest_id = manifest.id
         WHERE manifest.id = $2 ORDER BY registered_operation.id`,
        [workspace, manifestId],
      );
      return rows;
    },
    async findTag(clientId) {
      const { rows } = await pool.query<ActiveTag>(
        `SELECT id AS "clientId", operation_mode AS mode, active_version AS version
         FROM api_client WHERE id = $1 AND retired_at IS NULL`,
        [clientId],
      );
      return rows[0];
    },
    async findPartnerOperations({ clientId, mode, version }) {
      const { rows } = await pool.query<{ id: string; text: string }>(
        `SELECT registered_operation.id, text FROM registered_operation
         JOIN operation_manifest manifest ON manifest.id = manifest_id
         WHERE client_id = $1 AND version = $2`,
        [clientId, version],
      );
      return { mode, version, operations: rows };
    },
  };
}

/** Adds a client's next version; the caller holds the client's row. */
export async function insertManifest(
  client: ClientBase,
  { operations, ...manifest }: NewManifest,
): Promise<number> {
  const { rows } = await client.query<{ version: number }>(
    `INSERT INTO operation_manifest (id, client_id, version, note, pushed_by_id, pushed_at)
     SELECT $1, $2, coalesce(max(version), 0) + 1, $3, $4, $5
     FROM operation_manifest WHERE client_id = $2 RETURNING version`,
    [manifest.id, manifest.clientId, manifest.note, manifest.pushedById, manifest.pushedAt],
  );
  const given = operations.map(({ id, names, text }) => ({ id, names, text }));
  await client.query(
    `INSERT INTO registered_operation (manifest_id, id, names, text)
     SELECT $1, id, names, text FROM jsonb_to_recordset($2) AS given(id text, names text[], text text)`,
    [manifest.id, JSON.stringify(given)],
  );
  return rows[0]?.version ?? 0;
}

/** Read within a transaction, whose client's row is held. */
export async function findManifest(
  client: ClientBase,
  workspace: string,
  { clientId, version }: { clientId: string; version: number },
): Promise<ManifestRow | undefined> {
  const { rows } = await client.query<ManifestRow>(
    `SELECT ${columns} ${ofWorkspace} WHERE client_id = $2 AND version = $3`,
    [workspace, clientId, version],
  );
  return rows[0];
}

/** The last version before another that ever ran. */
export async function findVersionBefore(
  client: ClientBase,
  clientId: string,
  version: number,
): Promise<number | undefined> {
  const { rows } = await client.query<{ version: number }>(
    `SELECT version FROM operation_manifest
     WHERE client_id = $1 AND version < $2 AND activated_at IS NOT NULL
     ORDER BY version DESC LIMIT 1`,
    [clientId, version],
  );
  return rows[0]?.version;
}

/** Lets a version run, or none; the version that ran until now is retired. */
export async function setActiveVersion(
  client: ClientBase,
  clientId: string,
  { version, at }: { version: number | null; at: Date },
): Promise<void> {
  await client.query(
    `UPDATE operation_manifest SET retired_at = $2 FROM api_client
     WHERE client_id = $1 AND api_client.id = $1 AND version = active_version`,
    [clientId, at],
  );
  await client.query('UPDATE api_client SET active_version = $2 WHERE id = $1', [
    clientId,
    version,
  ]);
  await client.query(
    `UPDATE operation_manifest SET activated_at = $3, retired_at = NULL
     WHERE client_id = $1 AND version = $2`,
    [clientId, version, at],
  );
}

export async function retireVersion(
  client: ClientBase,
  clientId: string,
  { version, at }: { version: number; at: Date },
): Promise<void> {
  await client.query(
    'UPDATE operation_manifest SET retired_at = $3 WHERE client_id = $1 AND version = $2',
    [clientId, version, at],
  );
}

export async function setOperationMode(
  client: ClientBase,
  clientId: string,
  mode: OperationMode,
): Promise<void> {
  await client.query('UPDATE api_client SET operation_mode = $2::operation_mode WHERE id = $1', [
    clientId,
    mode,
  ]);
}
