/** Changes of accounts, each within a transaction of its caller. */

import type { OutboxMessage } from '@tributary/outbox';
import type { ClientBase } from 'pg';
import { memberChangedMessage } from '../announce/member-changed.ts';

export async function setPasswordHash(
  client: ClientBase,
  userId: string,
  passwordHash: string,
): Promise<void> {
  await client.query('UPDATE user_account SET password_hash = $2 WHERE id = $1', [
    userId,
    passwordHash,
  ]);
}

/** Brings a hash to today's form, unless the password was changed meanwhile. */
export async function replaceOutdatedHash(
  client: ClientBase,
  userId: string,
  { outdated, current }: { outdated: string; current: string },
): Promise<void> {
  await client.query(
    'UPDATE user_account SET password_hash = $3 WHERE id = $1 AND password_hash = $2',
    [userId, outdated, current],
  );
}

export async function markEmailVerified(client: ClientBase, userId: string): Promise<void> {
  await client.query(
    'UPDATE user_account SET email_verified_at = coalesce(email_verified_at, now()) WHERE id = $1',
    [userId],
  );
}

export async function setName(client: ClientBase, userId: string, name: string): Promise<void> {
  await client.query('UPDATE user_account SET name = $2 WHERE id = $1', [userId, name]);
}

/** The new address is confirmed by then. False when it has an account meanwhile. */
export async function setEmail(
  client: ClientBase,
  userId: string,
  email: string,
): Promise<boolean> {
  const { rowCount } = await client.query(
    `UPDATE user_account SET email = $2, email_verified_at = now()
     WHERE id = $1 AND NOT EXISTS (SELECT FROM user_account WHERE email = $2)`,
    [userId, email],
  );
  return rowCount === 1;
}

export async function setDeletionRequested(
  client: ClientBase,
  userId: string,
  at: Date | null,
): Promise<void> {
  await client.query('UPDATE user_account SET deletion_requested_at = $2 WHERE id = $1', [
    userId,
    at,
  ]);
}

/** Makes changes of one account take turns. */
export async function lockAccount(client: ClientBase, userId: string): Promise<void> {
  await client.query('SELECT FROM user_account WHERE id = $1 FOR UPDATE', [userId]);
}

/** What tells others of an account's name and address as they are now, in each of its workspaces. */
export async function memberMessages(client: ClientBase, userId: string): Promise<OutboxMessage[]> {
  const { rows } = await client.query<{
    id: string;
    email: string;
    name: string;
    workspace: string;
  }>(
    `SELECT user_account.id, email, name, workspace_id AS workspace
     FROM user_account JOIN membership ON membership.user_id = user_account.id
     WHERE user_account.id = $1`,
    [userId],
  );
  const at = new Date();
  return rows.map(({ workspace, ...user }) => memberChangedMessage({ workspace, user, at }));
}
