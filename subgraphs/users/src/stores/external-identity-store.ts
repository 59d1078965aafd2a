/** Who people are at providers of sign-ins. One identity belongs to one account. */
import type { ClientBase, Pool } from 'pg';
import { v7 as uuid } from 'uuid';

export interface ExternalIdentityRow {
  id: string;
  userId: string;
  issuer: string;
  subject: string;
  email: string | null;
  linkedAt: Date;
  lastUsedAt: Date | null;
}

export interface NewIdentity {
  userId: string;
  issuer: string;
  subject: string;
  email: string | undefined;
}

export interface ExternalIdentityStore {
  /** Whose it is, noted as used now. */
  use(issuer: string, subject: string): Promise<ExternalIdentityRow | undefined>;
  /** The account's own, the newest first. */
  listOf(userId: string): Promise<ExternalIdentityRow[]>;
}

const columns = `id, user_id AS "userId", issuer, subject, email, linked_at AS "linkedAt",
                 last_used_at AS "lastUsedAt"`;

export function createExternalIdentityStore({ pool }: { pool: Pool }): ExternalIdentityStore {
  return {
    async use(issuer, subject) {
      const { rows } = await pool.query<ExternalIdentityRow>(
        `UPDATE external_identity SET last_used_at = now()
         WHERE issuer = $1 AND subject = $2 RETURNING ${columns}`,
        [issuer, subject],
      );
      return rows[0];
    },
    async listOf(userId) {
      const { rows } = await pool.query<ExternalIdentityRow>(
        `SELECT ${columns} FROM external_identity WHERE user_id = $1 ORDER BY linked_at DESC, id`,
        [userId],
      );
      return rows;
    },
  };
}

/** False when it belongs to an account already, whichever that is. */
export async function insertIdentity(client: ClientBase, identity: NewIdentity): Promise<boolean> {
  const { userId, issuer, subject, email } = identity;
  const { rowCount } = await client.query(
    `INSERT INTO external_identity (id, user_id, issuer, subject, email)
     VALUES ($1, $2, $3, $4, $5) ON CONFLICT (issuer, subject) DO NOTHING`,
    [uuid(), userId, issuer, subject, email ?? null],
  );
  return rowCount === 1;
}

/** With the account locked. Undefined when it is none of theirs. */
export async function deleteIdentity(
  client: ClientBase,
  userId: string,
  id: string,
): Promise<ExternalIdentityRow | undefined> {
  const { rows } = await client.query<ExternalIdentityRow>(
    `DELETE FROM external_identity WHERE user_id = $1 AND id::text = $2 RETURNING ${columns}`,
    [userId, id],
  );
  return rows[0];
}

/** Those of an account whose address was never confirmed: whoever added them may be anybody. */
export async function deleteUnprovenIdentities(
  client: ClientBase,
  userId: string,
): Promise<ExternalIdentityRow[]> {
  const { rows } = await client.query<ExternalIdentityRow>(
    `DELETE FROM external_identity WHERE user_id = $1
       AND EXISTS (SELECT FROM user_account WHERE id = $1 AND email_verified_at IS NULL)
     RETURNING ${columns}`,
    [userId],
  );
  return rows;
}

export async function countIdentities(client: ClientBase, userId: string): Promise<number> {
  const { rows } = await client.query<{ count: number }>(
    'SELECT count(*)::int AS count FROM external_identity WHERE user_id = $1',
    [userId],
  );
  return rows[0]?.count ?? 0;
}
