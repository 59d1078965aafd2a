/** What links in mails prove. A token is good once, however many ask at the same time. */
import type { TokenPurpose } from '@tributary/prisma/users';
import type { ClientBase, Pool } from 'pg';
import { v7 as uuid } from 'uuid';
import { hashSecret } from '../credentials/secret.ts';

export interface NewToken {
  userId: string;
  purpose: TokenPurpose;
  secret: string;
  expiresAt: Date;
  data?: Record<string, unknown>;
}

export interface TokenRow {
  userId: string;
  data: Record<string, unknown>;
}

const isGood =
  'token_hash = $1 AND purpose = $2::token_purpose AND used_at IS NULL AND expires_at > now()';

export async function insertToken(client: ClientBase, token: NewToken): Promise<void> {
  await client.query(
    `INSERT INTO one_time_token (id, user_id, purpose, token_hash, data, expires_at)
     VALUES ($1, $2, $3::token_purpose, $4, $5, $6)`,
    [
      uuid(),
      token.userId,
      token.purpose,
      hashSecret(token.secret),
      JSON.stringify(token.data ?? {}),
      token.expiresAt,
    ],
  );
}

/** Looks without using it. */
export async function findToken(
  pool: Pool,
  purpose: TokenPurpose,
  secret: string,
): Promise<TokenRow | undefined> {
  const { rows } = await pool.query<TokenRow>(
    `SELECT user_id AS "userId", data FROM one_time_token WHERE ${isGood}`,
    [hashSecret(secret), purpose],
  );
  return rows[0];
}

/** Uses it: the first who asks gets it, in a transaction that may still fail. */
export async function takeToken(
  client: ClientBase,
  purpose: TokenPurpose,
  secret: string,
): Promise<TokenRow | undefined> {
  const { rows } = await client.query<TokenRow>(
    `UPDATE one_time_token SET used_at = now() WHERE ${isGood} RETURNING user_id AS "userId", data`,
    [hashSecret(secret), purpose],
  );
  return rows[0];
}

/** Makes all of a person's tokens for a purpose worthless. */
export async function dropTokens(
  client: ClientBase,
  userId: string,
  purpose: TokenPurpose,
): Promise<void> {
  await client.query(
    'DELETE FROM one_time_token WHERE user_id = $1 AND purpose = $2::token_purpose',
    [userId, purpose],
  );
}

/** Whether both links of a change of address were. With the account locked: of two links opened at once, the second finds the first. */
export async function areBothOpened(client: ClientBase, change: string): Promise<boolean> {
  const { rows } = await client.query<{ used: number }>(
    `SELECT count(*)::int AS used FROM one_time_token
     WHERE purpose = 'CHANGE_EMAIL' AND data->>'change' = $1 AND used_at IS NOT NULL`,
    [change],
  );
  return rows[0]?.used === 2;
}
