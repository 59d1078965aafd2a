import type { ClientBase } from 'pg';

export interface RecipientRow {
  workspaceId: string;
  userId: string;
  email: string;
  name: string;
  /** False for somebody who has left. */
  isMember: boolean;
}

/** Stores who is in which workspace; of several rows on one membership the last stands. */
export async function storeRecipients(
  client: ClientBase,
  rows: readonly RecipientRow[],
): Promise<void> {
  const last = [...new Map(rows.map((row) => [`${row.workspaceId}/${row.userId}`, row])).values()];
  await upsert(
    client,
    last.filter(({ isMember }) => isMember),
  );
  await remove(
    client,
    last.filter(({ isMember }) => !isMember),
  );
}

async function remove(client: ClientBase, left: readonly RecipientRow[]): Promise<void> {
  if (left.length === 0) return;
  await client.query(
    `DELETE FROM recipient WHERE (workspace_id, user_id) IN (SELECT * FROM unnest($1::uuid[], $2::uuid[]))`,
    [left.map((row) => row.workspaceId), left.map((row) => row.userId)],
  );
}

async function upsert(client: ClientBase, last: readonly RecipientRow[]): Promise<void> {
  if (last.length === 0) return;
  await client.query(
    `INSERT INTO recipient (workspace_id, user_id, email, name)
     SELECT * FROM unnest($1::uuid[], $2::uuid[], $3::text[], $4::text[])
     ON CONFLICT (workspace_id, user_id) DO UPDATE SET email = excluded.email, name = excluded.name`,
    [
      last.map((row) => row.workspaceId),
      last.map((row) => row.userId),
      last.map((row) => row.email),
      last.map((row) => row.name),
    ],
  );
}

/** Ids of the people in each of the workspaces. */
export async function readRecipientIds(
  client: ClientBase,
  workspaces: readonly string[],
): Promise<Map<string, string[]>> {
  const { rows } = await client.query<{ workspaceId: string; userIds: string[] }>(
    `SELECT workspace_id AS "workspaceId", array_agg(user_id ORDER BY user_id) AS "userIds"
     FROM recipient WHERE workspace_id = ANY($1::uuid[]) GROUP BY workspace_id`,
    [workspaces],
  );
  return new Map(rows.map((row) => [row.workspaceId, row.userIds]));
}
