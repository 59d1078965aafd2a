/**
 * How far a group has taken each partition, kept in the consumer's own database so that it moves
 * in the transaction of the effect: a crash repeats nothing and skips nothing. A move says from
 * where; when two processes take the same records, the second finds the position gone and fails.
 */
import type { ClientBase, Pool } from 'pg';
import { createPartitionLeases, type PartitionLeases } from './partition-leases.ts';

/** A partition's move over one batch; `from` is null before the first. */
export interface PositionAdvance {
  partition: number;
  from: string | null;
  to: string;
}

export interface PositionStore {
  /** Positions by partition. */
  load(topic: string, group: string): Promise<Map<number, string>>;
  /** Shares partitions among the processes that keep their positions here; without it a consumer reads them all. */
  lease?(topic: string, group: string, partitions: number): PartitionLeases;
}

export class PositionConflict extends Error {
  constructor(topic: string, group: string) {
    super(`Another consumer of ${topic} for ${group} was faster; its work stands`);
    this.name = 'PositionConflict';
  }
}

/** Reads positions from the table `log_position`. */
export function createPositionStore({ pool }: { pool: Pool }): PositionStore {
  return {
    async load(topic, group) {
      const { rows } = await pool.query<{ partition: number; position: string }>(
        'SELECT partition, position FROM log_position WHERE topic = $1 AND consumer_group = $2',
        [topic, group],
      );
      return new Map(rows.map((row) => [row.partition, row.position]));
    },
    lease: (topic, group, partitions) => createPartitionLeases({ pool, topic, group, partitions }),
  };
}

/**
 * Moves the positions in the caller's transaction.
 * @throws PositionConflict when one of them is not where the batch began.
 */
export async function advancePositions(
  client: ClientBase,
  consumer: { topic: string; group: string },
  advances: readonly PositionAdvance[],
): Promise<void> {
  const { rowCount } = await client.query(
    `INSERT INTO log_position AS held (topic, consumer_group, partition, position)
     SELECT $1, $2, moved.partition, moved.target
     FROM unnest($3::int[], $4::text[], $5::text[]) AS moved(partition, origin, target)
     WHERE moved.origin IS NULL
        OR EXISTS (SELECT FROM log_position present
                   WHERE present.topic = $1 AND present.consumer_group = $2
                     AND present.partition = moved.partition AND present.position = moved.origin)
     ORDER BY moved.partition
     ON CONFLICT (topic, consumer_group, partition) DO UPDATE SET position = excluded.position
     WHERE held.position = (SELECT origin FROM unnest($3::int[], $4::text[]) AS moved(partition, origin)
                            WHERE moved.partition = held.partition)`,
    [
      consumer.topic,
      consumer.group,
      advances.map((advance) => advance.partition),
      advances.map((advance) => advance.from),
      advances.map((advance) => advance.to),
    ],
  );
  if (rowCount !== advances.length) throw new PositionConflict(consumer.topic, consumer.group);
}
