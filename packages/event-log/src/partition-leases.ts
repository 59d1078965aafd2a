/**
 * Which partitions this process reads, so that several processes share the work. A lease is an advisory
 * lock of a PostgreSQL session: when a process dies its session ends, and the others find the lock free
 * at their next look. Leases spare double work only; that nothing is stored twice is the positions' doing.
 */
import { crc32 } from 'node:zlib';
import type { Pool, PoolClient } from 'pg';

export interface PartitionLeases {
  /** The partitions held now, evened out among the processes at most once a second. */
  refresh(): Promise<ReadonlySet<number>>;
  close(): void;
}

export interface PartitionLeasesOptions {
  pool: Pool;
  topic: string;
  group: string;
  partitions: number;
}

const everyMilliseconds = 1_000;
/** Locks of a group have partitions as numbers; every member shares this one, so that members can be counted. */
const membership = 1_000_000;

export function createPartitionLeases(options: PartitionLeasesOptions): PartitionLeases {
  const { pool, topic, group, partitions } = options;
  const lockClass = crc32(`${topic}/${group}`);
  // PostgreSQL takes lock classes signed and shows them unsigned.
  const signedClass = lockClass | 0;
  let session: PoolClient | undefined;
  let held: ReadonlySet<number> = new Set();
  let refreshedAt = Number.NEGATIVE_INFINITY;
  let isClosed = false;

  function end(error?: Error): void {
    session?.release(error ?? true);
    session = undefined;
    held = new Set();
  }

  async function open(): Promise<PoolClient> {
    const client = await pool.connect();
    if (isClosed) {
      client.release();
      throw new Error('the leases were closed meanwhile');
    }
    client.on('error', end);
    session = client;
    await client.query('SELECT pg_advisory_lock_shared($1, $2)', [signedClass, membership]);
    return client;
  }

  async function countMembers(client: PoolClient): Promise<number> {
    const { rows } = await client.query<{ members: number }>(
      `SELECT count(*)::int AS members FROM pg_locks
       WHERE locktype = 'advisory' AND classid = $1::text::oid AND objid = $2::text::oid AND granted
         AND database = (SELECT oid FROM pg_database WHERE datname = current_database())`,
      [String(lockClass), String(membership)],
    );
    return Math.max(1, rows[0]?.members ?? 1);
  }

  /** Gives up what is too much, then tries what is missing: what others have just given up comes with a later look. */
  async function share(client: PoolClient): Promise<ReadonlySet<number>> {
    const fair = Math.ceil(partitions / (await countMembers(client)));
    const kept = new Set([...held].slice(0, fair));
    for (const partition of held) {
      if (kept.has(partition)) continue;
      await client.query('SELECT pg_advisory_unlock($1, $2)', [signedClass, partition]);
    }
    for (let partition = 0; partition < partitions && kept.size < fair; partition += 1) {
      if (kept.has(partition)) continue;
      const { rows } = await client.query<{ mine: boolean }>(
        'SELECT pg_try_advisory_lock($1, $2) AS mine',
        [signedClass, partition],
      );
      if (rows[0]?.mine) kept.add(partition);
    }
    return kept;
  }

  return {
    async refresh() {
      if (performance.now() - refreshedAt < everyMilliseconds) return held;
      try {
        const next = await share(session ?? (await open()));
        if (!isSame(held, next)) held = next;
        refreshedAt = performance.now();
        return held;
      } catch (error) {
        end(error instanceof Error ? error : undefined);
        throw error;
      }
    },
    close() {
      isClosed = true;
      end();
    },
  };
}

function isSame(left: ReadonlySet<number>, right: ReadonlySet<number>): boolean {
  return left.size === right.size && [...left].every((partition) => right.has(partition));
}
