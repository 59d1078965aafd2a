/**
 * Which process runs an import: an advisory lock of a PostgreSQL session. When the process dies its session
 * ends, and the others find the lock free at their next look. That nothing is counted twice is the
 * checkpoints' doing.
 */
import type { Pool } from 'pg';

/** One of our own, so that imports meet no other locks. */
const lockClass = 7_108_244;

export interface ImportLease {
  release(): void;
}

/** Undefined while another process has it. */
export async function takeImportLease(
  pool: Pool,
  id: string,
  onLost: () => void,
): Promise<ImportLease | undefined> {
  const session = await pool.connect();
  let isOpen = true;
  /** Ending the session is what gives the lock back; one that has none may be used on. */
  function close(isHolding = true): void {
    if (!isOpen) return;
    isOpen = false;
    session.off('error', lose);
    session.release(isHolding);
  }
  function lose(): void {
    close();
    onLost();
  }
  session.on('error', lose);
  try {
    const { rows } = await session.query<{ mine: boolean }>(
      'SELECT pg_try_advisory_lock($1, hashtext($2)) AS mine',
      [lockClass, id],
    );
    if (rows[0]?.mine) return { release: () => close() };
    close(false);
    return undefined;
  } catch (error) {
    close();
    throw error;
  }
}
