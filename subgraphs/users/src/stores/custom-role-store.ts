/** The roles that workspaces have named for themselves. */
import type { ClientBase, Pool } from 'pg';

export interface CustomRoleRow {
  id: string;
  name: string;
  scopes: string[];
}

export interface CustomRoleStore {
  /** By name. */
  list(workspace: string): Promise<CustomRoleRow[]>;
}

const columns = 'id, name, scopes';

/** A row's custom role as JSON, or null, for statements over `table`. */
export const customRoleColumn = (table: 'membership' | 'invitation') =>
  `(SELECT json_build_object('id', id, 'name', name, 'scopes', scopes) FROM custom_role
    WHERE custom_role.id = ${table}.custom_role_id) AS "customRole"`;

export function createCustomRoleStore({ pool }: { pool: Pool }): CustomRoleStore {
  return {
    async list(workspace) {
      const { rows } = await pool.query<CustomRoleRow>(
        `SELECT ${columns} FROM custom_role WHERE workspace_id = $1 ORDER BY name, id`,
        [workspace],
      );
      return rows;
    },
  };
}

export async function findCustomRole(
  client: ClientBase,
  workspace: string,
  id: string,
): Promise<CustomRoleRow | undefined> {
  const { rows } = await client.query<CustomRoleRow>(
    `SELECT ${columns} FROM custom_role WHERE workspace_id = $1 AND id::text = $2`,
    [workspace, id],
  );
  return rows[0];
}

/** With the workspace locked. */
export async function hasRoleNamed(
  client: ClientBase,
  workspace: string,
  { id, name }: Pick<CustomRoleRow, 'id' | 'name'>,
): Promise<boolean> {
  const { rowCount } = await client.query(
    'SELECT FROM custom_role WHERE workspace_id = $1 AND lower(name) = lower($2) AND id <> $3',
    [workspace, name, id],
  );
  return rowCount !== 0;
}

/** Writes a new one, or another name and other scopes of one that is there. */
export async function putCustomRole(
  client: ClientBase,
  workspace: string,
  { id, name, scopes }: CustomRoleRow,
): Promise<void> {
  await client.query(
    `INSERT INTO custom_role (id, workspace_id, name, scopes) VALUES ($1, $2, $3, $4)
     ON CONFLICT (workspace_id, id) DO UPDATE SET name = $3, scopes = $4`,
    [id, workspace, name, scopes],
  );
}

/** The people who have it, and how many open invitations promise it. */
export async function usesOfRole(
  client: ClientBase,
  workspace: string,
  id: string,
): Promise<{ members: string[]; invitations: number }> {
  const { rows } = await client.query<{ members: string[]; invitations: number }>(
    `SELECT array(SELECT user_id FROM membership WHERE workspace_id = $1 AND custom_role_id = $2) AS members,
            (SELECT count(*)::int FROM invitation
             WHERE workspace_id = $1 AND custom_role_id = $2
               AND accepted_at IS NULL AND withdrawn_at IS NULL AND expires_at > now()) AS invitations`,
    [workspace, id],
  );
  return rows[0] ?? { members: [], invitations: 0 };
}

/** When nobody has it. Invitations that are over forget which role they were for. */
export async function deleteCustomRole(
  client: ClientBase,
  workspace: string,
  id: string,
): Promise<void> {
  await client.query(
    'UPDATE invitation SET custom_role_id = NULL WHERE workspace_id = $1 AND custom_role_id = $2',
    [workspace, id],
  );
  await client.query('DELETE FROM custom_role WHERE workspace_id = $1 AND id = $2', [
    workspace,
    id,
  ]);
}
