/** Changes of who belongs to a workspace, each within a transaction of its caller. */
import type { ClientBase, Pool } from 'pg';
import { type MembershipRow, memberColumns } from './membership-row.ts';
import type { WorkspaceRow } from './workspace-store.ts';

/** Makes changes of one workspace's members take turns. Undefined when there is none such. */
export async function lockWorkspace(
  client: ClientBase,
  workspace: string,
): Promise<WorkspaceRow | undefined> {
  const { rows } = await client.query<WorkspaceRow>(
    'SELECT id, name, created_at AS "createdAt" FROM workspace WHERE id = $1 FOR UPDATE',
    [workspace],
  );
  return rows[0];
}

export async function findMember(
  client: ClientBase,
  workspace: string,
  by: { id: string } | { userId: string },
): Promise<MembershipRow | undefined> {
  const [column, value] = 'id' in by ? ['id', by.id] : ['user_id', by.userId];
  const { rows } = await client.query<MembershipRow>(
    `SELECT ${memberColumns} FROM membership WHERE workspace_id = $1 AND ${column}::text = $2`,
    [workspace, value],
  );
  return rows[0];
}

export async function countOwners(client: ClientBase, workspace: string): Promise<number> {
  const { rows } = await client.query<{ count: number }>(
    `SELECT count(*)::int AS count FROM membership WHERE workspace_id = $1 AND role = 'OWNER'`,
    [workspace],
  );
  return rows[0]?.count ?? 0;
}

export async function setRole(
  client: ClientBase,
  workspace: string,
  id: string,
  { role, customRole }: Pick<MembershipRow, 'role' | 'customRole'>,
): Promise<void> {
  await client.query(
    `UPDATE membership SET role = $3::role, custom_role_id = $4
     WHERE workspace_id = $1 AND id = $2`,
    [workspace, id, role, customRole?.id ?? null],
  );
}

export async function deleteMember(
  client: ClientBase,
  workspace: string,
  id: string,
): Promise<void> {
  await client.query('DELETE FROM membership WHERE workspace_id = $1 AND id = $2', [workspace, id]);
}

export async function insertMember(client: ClientBase, member: MembershipRow): Promise<void> {
  await client.query(
    `INSERT INTO membership (id, user_id, workspace_id, role, custom_role_id, joined_at)
     VALUES ($1, $2, $3, $4, $5, $6)`,
    [
      ...[member.id, member.userId, member.workspaceId],
      ...[member.role, member.customRole?.id ?? null, member.joinedAt],
    ],
  );
}

export async function insertWorkspaceRow(client: ClientBase, row: WorkspaceRow): Promise<void> {
  await client.query('INSERT INTO workspace (id, name, created_at) VALUES ($1, $2, $3)', [
    row.id,
    row.name,
    row.createdAt,
  ]);
}

export async function setWorkspaceName(
  client: ClientBase,
  workspace: string,
  name: string,
): Promise<void> {
  await client.query('UPDATE workspace SET name = $2 WHERE id = $1', [workspace, name]);
}

/** What a workspace is called; empty when there is none such. */
export async function findWorkspaceName(pool: Pool, workspace: string): Promise<string> {
  const { rows } = await pool.query<{ name: string }>('SELECT name FROM workspace WHERE id = $1', [
    workspace,
  ]);
  return rows[0]?.name ?? '';
}
