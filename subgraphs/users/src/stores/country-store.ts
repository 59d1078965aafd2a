/** The countries that accounts have been signed in from. */
import type { Pool } from 'pg';

export interface CountryStore {
  /** Remembers one; true when the account has been seen in others only. */
  isNew(userId: string, country: string): Promise<boolean>;
}

export function createCountryStore({ pool }: { pool: Pool }): CountryStore {
  return {
    async isNew(userId, country) {
      const { rows } = await pool.query<{ isNew: boolean }>(
        `WITH before AS (SELECT array_agg(country) AS known FROM user_country WHERE user_id = $1),
              put AS (INSERT INTO user_country (user_id, country) VALUES ($1, $2)
                      ON CONFLICT (user_id, country) DO UPDATE SET last_seen_at = now())
         SELECT coalesce($2 <> ALL (known), false) AS "isNew" FROM before`,
        [userId, country],
      );
      return rows[0]?.isNew ?? false;
    },
  };
}
