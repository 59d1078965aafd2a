/**
 * Hands committed outbox messages on, oldest first, at least once: a message is deleted in the
 * transaction that read it, after `deliver` is done. A crash between the two delivers it again.
 */
import { type Loop, startLoop, transaction } from '@tributary/chassis';
import type { Pool, PoolClient } from 'pg';
import type { OutboxMessage } from './enqueue.ts';

/** Wake it after committing a message: that leaves at once instead of at the next look. */
export type OutboxRelay = Loop;

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
  const relayBatch = () =>
    transaction(pool, async (client) => {
      const taken = await takeBatch(client, batchSize);
      if (taken.length > 0) await deliver(taken, client);
      return taken.length === batchSize;
    });

  return startLoop({ run: relayBatch, pauseMilliseconds: pollMilliseconds, onError });
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
