/**
 * Hands committed outbox messages on, oldest first, at least once: a message is deleted in the
 * transaction that read it, after `deliver` is done. A crash between the two delivers it again.
 */
import type { Pool, PoolClient } from 'pg';
import type { OutboxMessage } from './enqueue.ts';

export interface OutboxRelay {
  /** Call after committing a message: it leaves at once instead of at the next look. */
  wake(): void;
  /** Lets the delivery under way finish. */
  stop(): Promise<void>;
}

export interface OutboxRelayOptions {
  pool: Pool;
  /** Takes up to `batchSize` messages; `client` is the relay's own transaction: what is written with it commits with the delivery. */
  deliver: (messages: OutboxMessage[], client: PoolClient) => Promise<void>;
  onError: (error: unknown) => void;
  batchSize?: number;
  /** How often to look for messages nobody announced, such as those of a crashed process. */
  pollMilliseconds?: number;
}

/** One relay at a time works on a database, whatever the number of processes: an advisory lock sees to it. */
const lock = 7_108_231;

export function createOutboxRelay(options: OutboxRelayOptions): OutboxRelay {
  const { pool, deliver, onError, batchSize = 500, pollMilliseconds = 500 } = options;
  let stopped = false;
  let awake = Promise.withResolvers<void>();

  async function relayBatch(): Promise<number> {
    const client = await pool.connect();
    try {
      await client.query('BEGIN');
      const taken = await takeBatch(client, batchSize);
      if (taken.length > 0) await deliver(taken, client);
      await client.query('COMMIT');
      client.release();
      return taken.length;
    } catch (error) {
      client.release(await rollback(client));
      throw error;
    }
  }

  async function rest(): Promise<void> {
    const timer = setTimeout(() => awake.resolve(), pollMilliseconds);
    await awake.promise;
    clearTimeout(timer);
    awake = Promise.withResolvers<void>();
  }

  async function run(): Promise<void> {
    while (!stopped) {
      const relayed = await relayBatch().catch((error: unknown) => {
        onError(error);
        return 0;
      });
      if (relayed < batchSize && !stopped) await rest();
    }
  }

  const running = run();
  return {
    wake: () => awake.resolve(),
    async stop() {
      stopped = true;
      awake.resolve();
      await running;
    },
  };
}

async function takeBatch(client: PoolClient, batchSize: number): Promise<OutboxMessage[]> {
  const { rows } = await client.query<OutboxMessage>(
    `WITH turn AS MATERIALIZED (SELECT pg_try_advisory_xact_lock(${lock}) AS mine),
          taken AS (
            DELETE FROM outbox
            WHERE id IN (SELECT id FROM outbox ORDER BY id LIMIT CASE WHEN (SELECT mine FROM turn) THEN $1::bigint ELSE 0 END)
            RETURNING id, name, key, payload
          )
     SELECT name, key, payload FROM taken ORDER BY id`,
    [batchSize],
  );
  return rows;
}

/** The error that makes the pool drop the connection, when even the rollback fails. */
async function rollback(client: PoolClient): Promise<Error | undefined> {
  try {
    await client.query('ROLLBACK');
    return undefined;
  } catch (error) {
    return error instanceof Error ? error : new Error(String(error));
  }
}
