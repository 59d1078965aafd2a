/** Accounts whose deletion was asked for, and what is left of one once it is carried out: its id. */
import type { ClientBase, Pool } from 'pg';
import type { MembershipRow } from './membership-row.ts';

/** A workspace that would be left without an owner, though it has other members. */
const leavesOwnerless = `EXISTS (
  SELECT FROM membership AS own
  WHERE own.user_id = user_account.id AND own.role = 'OWNER'
    AND EXISTS (SELECT FROM membership AS other
                WHERE other.workspace_id = own.workspace_id AND other.user_id <> own.user_id)
    AND NOT EXISTS (SELECT FROM membership AS other
                    WHERE other.workspace_id = own.workspace_id AND other.user_id <> own.user_id
                      AND other.role = 'OWNER'))`;

/** Accounts that were to be deleted by then, the oldest wish first; those that others depend on wait. */
export async function findDueDeletions(pool: Pool, before: Date, limit: number): Promise<string[]> {
  const { rows } = await pool.query<{ id: string }>(
    `SELECT id FROM user_account WHERE deletion_requested_at <= $1 AND NOT ${leavesOwnerless}
     ORDER BY deletion_requested_at, id LIMIT $2`,
    [before, limit],
  );
  return rows.map(({ id }) => id);
}

/** Whether a workspace with other members has this person as its only owner. */
export async function isNeededOwner(client: ClientBase, userId: string): Promise<boolean> {
  const { rowCount } = await client.query(
    `SELECT FROM user_account WHERE id = $1 AND ${leavesOwnerless}`,
    [userId],
  );
  return rowCount === 1;
}

/** Locks the account if it is still to be deleted, so that whoever signs in meanwhile waits, and finds none. */
export async function lockDueAccount(
  client: ClientBase,
  userId: string,
  before: Date,
): Promise<{ email: string } | undefined> {
  const { rows } = await client.query<{ email: string }>(
    'SELECT email FROM user_account WHERE id = $1 AND deletion_requested_at <= $2 FOR UPDATE',
    [userId, before],
  );
  return rows[0];
}

/** The person's memberships, their workspaces locked in one order. */
export async function lockMembershipsOf(
  client: ClientBase,
  userId: string,
): Promise<Pick<MembershipRow, 'workspaceId'>[]> {
  const { rows } = await client.query<Pick<MembershipRow, 'workspaceId'>>(
    `SELECT id AS "workspaceId" FROM workspace
     WHERE id IN (SELECT workspace_id FROM membership WHERE user_id = $1) ORDER BY id FOR UPDATE`,
    [userId],
  );
  return rows;
}

/**
 * Deletes the account and all that goes with it: memberships, sign-ins, devices, codes, links, and
 * invitations to its address. A workspace that nobody else belongs to keeps no name, for it may be
 * theirs; API clients keep no address of theirs to ask at.
 */
export async function deleteAccount(
  client: ClientBase,
  { id, email }: { id: string; email: string },
): Promise<void> {
  await client.query(
    `UPDATE workspace SET name = 'Deleted' WHERE id IN (
       SELECT workspace_id FROM membership GROUP BY workspace_id HAVING array_agg(user_id) = ARRAY[$1::uuid])`,
    [id],
  );
  await client.query('DELETE FROM invitation WHERE email = $1', [email]);
  await client.query(`UPDATE api_client SET contact_email = '' WHERE contact_email = $1`, [email]);
  await client.query('DELETE FROM user_account WHERE id = $1', [id]);
}
