/** Second factors of accounts. */
import type { ClientBase, Pool } from 'pg';

export interface TotpRow {
  /** Sealed; null before enrolment. */
  secret: string | null;
  enabledAt: Date | null;
  lastStep: bigint | null;
}

export interface MfaStore {
  find(userId: string): Promise<TotpRow | undefined>;
  /** Keeps a secret that is not in use yet; does nothing once one is. */
  prepare(userId: string, sealedSecret: string): Promise<void>;
  unusedRecoveryCodes(userId: string): Promise<number>;
}

export function createMfaStore({ pool }: { pool: Pool }): MfaStore {
  return {
    async find(userId) {
      const { rows } = await pool.query<{
        secret: string | null;
        enabledAt: Date | null;
        lastStep: string | null;
      }>(
        `SELECT totp_secret AS secret, totp_enabled_at AS "enabledAt", totp_last_step AS "lastStep"
         FROM user_account WHERE id = $1`,
        [userId],
      );
      const [row] = rows;
      return row && { ...row, lastStep: row.lastStep === null ? null : BigInt(row.lastStep) };
    },
    async prepare(userId, sealedSecret) {
      await pool.query(
        'UPDATE user_account SET totp_secret = $2, totp_last_step = NULL WHERE id = $1 AND totp_enabled_at IS NULL',
        [userId, sealedSecret],
      );
    },
    async unusedRecoveryCodes(userId) {
      const { rows } = await pool.query<{ count: number }>(
        'SELECT count(*)::int AS count FROM recovery_code WHERE user_id = $1 AND used_at IS NULL',
        [userId],
      );
      return rows[0]?.count ?? 0;
    },
  };
}

/** Marks a step as used; false when it, or a later one, has been used by somebody else meanwhile. */
export async function takeStep(client: ClientBase, userId: string, step: number): Promise<boolean> {
  const { rowCount } = await client.query(
    `UPDATE user_account SET totp_last_step = $2
     WHERE id = $1 AND (totp_last_step IS NULL OR totp_last_step < $2)`,
    [userId, step],
  );
  return rowCount === 1;
}

/** False when there is no such code, or it has been used. */
export async function takeRecoveryCode(
  client: ClientBase,
  userId: string,
  codeHash: string,
): Promise<boolean> {
  const { rowCount } = await client.query(
    'UPDATE recovery_code SET used_at = now() WHERE user_id = $1 AND code_hash = $2 AND used_at IS NULL',
    [userId, codeHash],
  );
  return rowCount === 1;
}

/** Replaces whatever codes there were. */
export async function replaceRecoveryCodes(
  client: ClientBase,
  userId: string,
  codeHashes: readonly string[],
): Promise<void> {
  await client.query('DELETE FROM recovery_code WHERE user_id = $1', [userId]);
  await client.query(
    'INSERT INTO recovery_code (user_id, code_hash) SELECT $1, unnest($2::text[])',
    [userId, codeHashes],
  );
}

export async function enableTotp(client: ClientBase, userId: string): Promise<void> {
  await client.query('UPDATE user_account SET totp_enabled_at = now() WHERE id = $1', [userId]);
}

export async function disableTotp(client: ClientBase, userId: string): Promise<void> {
  await client.query(
    `UPDATE user_account SET totp_secret = NULL, totp_enabled_at = NULL, totp_last_step = NULL
     WHERE id = $1`,
    [userId],
  );
  await client.query('DELETE FROM recovery_code WHERE user_id = $1', [userId]);
}
