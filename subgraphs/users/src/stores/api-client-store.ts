/** Partners' programs and their keys. */
import type { Scope } from '@tributary/chassis';
import type { OperationMode } from '@tributary/operations';
import type { ClientBase, Pool } from 'pg';

/** Of each key in a minute; null is what gateways allow everybody. */
export interface ClientBudgets {
  requestsPerMinute: number | null;
  costPerMinute: number | null;
}

export interface ApiClientRow extends ClientBudgets {
  id: string;
  workspaceId: string;
  name: string;
  contactEmail: string;
  scopes: Scope[];
  allowedOrigins: string[];
  allowedAddresses: string[];
  createdAt: Date;
  retiredAt: Date | null;
  operationMode: OperationMode;
  /** The version of its operations that run; null when none do. */
  activeVersion: number | null;
}

export interface ApiKeyRow {
  id: string;
  clientId: string;
  createdAt: Date;
  expiresAt: Date;
  revokedAt: Date | null;
  lastUsedAt: Date | null;
}

/** A key as a gateway needs it. */
export interface GoodKey {
  secretHash: string;
  expiresAt: Date;
  client: Pick<
    ApiClientRow,
    'id' | 'workspaceId' | 'scopes' | 'allowedOrigins' | 'allowedAddresses' | keyof ClientBudgets
  >;
}

const clientColumns = `api_client.id, workspace_id AS "workspaceId", name, contact_email AS "contactEmail",
  scopes, allowed_origins AS "allowedOrigins", allowed_addresses AS "allowedAddresses",
  requests_per_minute AS "requestsPerMinute", cost_per_minute AS "costPerMinute",
  api_client.created_at AS "createdAt", retired_at AS "retiredAt",
  operation_mode AS "operationMode", active_version AS "activeVersion"`;
const keyColumns = `id, client_id AS "clientId", created_at AS "createdAt", expires_at AS "expiresAt",
  revoked_at AS "revokedAt", last_used_at AS "lastUsedAt"`;
const mostShown = 200;

export interface ApiClientStore {
  list(workspace: string): Promise<ApiClientRow[]>;
  find(workspace: string, id: string): Promise<ApiClientRow | undefined>;
  keysOf(workspace: string, clientIds: readonly string[]): Promise<ApiKeyRow[]>;
  /** A key that is in force, for whoever proves to be a gateway; it counts as used now. */
  useKey(id: string): Promise<GoodKey | undefined>;
}

export function createApiClientStore({ pool }: { pool: Pool }): ApiClientStore {
  return {
    async list(workspace) {
      const { rows } = await pool.query<ApiClientRow>(
        `SELECT ${clientColumns} FROM api_client WHERE workspace_id = $1
         ORDER BY created_at DESC, id DESC LIMIT ${mostShown}`,
        [workspace],
      );
      return rows;
    },
    async find(workspace, id) {
      const { rows } = await pool.query<ApiClientRow>(
        `SELECT ${clientColumns} FROM api_client WHERE workspace_id = $1 AND id::text = $2`,
        [workspace, id],
      );
      return rows[0];
    },
    async keysOf(workspace, clientIds) {
      const { rows } = await pool.query<ApiKeyRow>(
        `SELECT ${keyColumns} FROM api_key WHERE client_id = ANY($2::uuid[])
           AND EXISTS (SELECT FROM api_client WHERE id = client_id AND workspace_id = $1)
         ORDER BY created_at DESC, id DESC`,
        [workspace, clientIds],
      );
      return rows;
    },
    async useKey(id) {
      const { rows } = await pool.query<ApiClientRow & { secretHash: string; expiresAt: Date }>(
        `UPDATE api_key SET last_used_at = date_trunc('minute', now())
         FROM api_client
         WHERE api_key.id = $1 AND api_client.id = client_id AND revoked_at IS NULL
           AND retired_at IS NULL AND expires_at > now()
         RETURNING ${clientColumns}, secret_hash AS "secretHash", expires_at AS "expiresAt"`,
        [id],
      );
      const [row] = rows;
      return row && { secretHash: row.secretHash, expiresAt: row.expiresAt, client: row };
    },
  };
}

export async function insertApiClient(client: ClientBase, row: ApiClientRow): Promise<void> {
  await client.query(
    `INSERT INTO api_client (id, workspace_id, name, contact_email, scopes, allowed_origins,
                             allowed_addresses, created_at, operation_mode, requests_per_minute,
                             cost_per_minute)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9::operation_mode, $10, $11)`,
    [
      row.id,
      row.workspaceId,
      row.name,
      row.contactEmail,
      row.scopes,
      row.allowedOrigins,
      row.allowedAddresses,
      row.createdAt,
      row.operationMode,
      row.requestsPerMinute,
      row.costPerMinute,
    ],
  );
}

/** One of the workspace's that is not retired; locked until the transaction ends. */
export async function findActiveClient(
  client: ClientBase,
  workspace: string,
  id: string,
): Promise<ApiClientRow | undefined> {
  const { rows } = await client.query<ApiClientRow>(
    `SELECT ${clientColumns} FROM api_client
     WHERE workspace_id = $1 AND id::text = $2 AND retired_at IS NULL FOR UPDATE`,
    [workspace, id],
  );
  return rows[0];
}

export async function setClientBudgets(
  client: ClientBase,
  id: string,
  { requestsPerMinute, costPerMinute }: ClientBudgets,
): Promise<void> {
  await client.query(
    'UPDATE api_client SET requests_per_minute = $2, cost_per_minute = $3 WHERE id = $1',
    [id, requestsPerMinute, costPerMinute],
  );
}

export async function retireApiClient(client: ClientBase, id: string, at: Date): Promise<void> {
  await client.query('UPDATE api_client SET retired_at = $2 WHERE id = $1', [id, at]);
}

export async function insertApiKey(
  client: ClientBase,
  row: ApiKeyRow & { secretHash: string },
): Promise<void> {
  await client.query(
    `INSERT INTO api_key (id, client_id, secret_hash, created_at, expires_at)
     VALUES ($1, $2, $3, $4, $5)`,
    [row.id, row.clientId, row.secretHash, row.createdAt, row.expiresAt],
  );
}

/** A key in force of the workspace. */
export async function findKeyInForce(
  client: ClientBase,
  workspace: string,
  id: string,
): Promise<ApiKeyRow | undefined> {
  const { rows } = await client.query<ApiKeyRow>(
    `SELECT ${keyColumns} FROM api_key
     WHERE id::text = $2 AND revoked_at IS NULL AND expires_at > now()
       AND EXISTS (SELECT FROM api_client WHERE id = client_id AND workspace_id = $1 AND retired_at IS NULL)
     FOR UPDATE`,
    [workspace, id],
  );
  return rows[0];
}

export async function endKeyAt(client: ClientBase, id: string, at: Date): Promise<void> {
  await client.query('UPDATE api_key SET expires_at = least(expires_at, $2) WHERE id = $1', [
    id,
    at,
  ]);
}

export async function revokeKey(client: ClientBase, id: string, at: Date): Promise<void> {
  await client.query('UPDATE api_key SET revoked_at = $2 WHERE id = $1', [id, at]);
}
