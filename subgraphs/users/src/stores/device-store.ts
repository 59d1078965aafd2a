import type { ClientBase, Pool } from 'pg';
import { hashSecret } from '../credentials/secret.ts';

/** Devices that accounts have been signed in on before. */
export interface DeviceStore {
  /** The hash of the token if it is one of the account's devices; then it is seen again, to the hour. */
  recognise(userId: string, token: string): Promise<string | undefined>;
  hasAny(userId: string): Promise<boolean>;
}

/** Older ones are forgotten: an account has so many devices at most. */
const mostDevices = 50;

export function createDeviceStore({ pool }: { pool: Pool }): DeviceStore {
  return {
    // Nothing is written to the disk for a device that was seen a moment ago.
    async recognise(userId, token) {
      const hash = hashSecret(token);
      const { rowCount } = await pool.query({
        name: 'recognise-device',
        text: `WITH seen AS (
           UPDATE known_device SET last_seen_at = now()
           WHERE user_id = $1 AND device_hash = $2 AND last_seen_at < now() - interval '1 hour'
         )
         SELECT FROM known_device WHERE user_id = $1 AND device_hash = $2`,
        values: [userId, hash],
      });
      return rowCount === 1 ? hash : undefined;
    },
    async hasAny(userId) {
      const { rowCount } = await pool.query('SELECT FROM known_device WHERE user_id = $1 LIMIT 1', [
        userId,
      ]);
      return rowCount === 1;
    },
  };
}

export async function insertDevice(
  client: ClientBase,
  device: { userId: string; token: string; description: string },
): Promise<void> {
  const { userId, token, description } = device;
  await client.query(
    'INSERT INTO known_device (user_id, device_hash, description) VALUES ($1, $2, $3)',
    [userId, hashSecret(token), description],
  );
  await client.query(
    `DELETE FROM known_device WHERE user_id = $1 AND device_hash NOT IN (
       SELECT device_hash FROM known_device WHERE user_id = $1 ORDER BY last_seen_at DESC LIMIT $2
     )`,
    [userId, mostDevices],
  );
}
