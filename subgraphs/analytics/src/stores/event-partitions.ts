/**
 * A partition per day of the events' own time, made when it is first needed and one day ahead.
 * Days long past share the default partition: a producer cannot make tables without end.
 */
import { transaction } from '@tributary/chassis';
import { DatabaseError, type Pool } from 'pg';

export interface EventPartitions {
  /** Makes sure that events of these times have a partition. */
  ensure(times: readonly Date[]): Promise<void>;
}

const day = 86_400_000;
const oldestDays = 400;
const newestDays = 8;
/** One process at a time makes partitions. */
const lock = 7_108_232;

export function createEventPartitions({ pool }: { pool: Pool }): EventPartitions {
  const existing = new Set<number>();
  return {
    async ensure(times) {
      const today = dayOf(Date.now());
      const wanted = new Set([today, today + 1, ...times.map((time) => dayOf(time.getTime()))]);
      for (const number of wanted) {
        if (existing.has(number) || !hasOwnPartition(number, today)) continue;
        await createPartition(pool, number).catch(unlessHeldElsewhere);
        existing.add(number);
      }
    },
  };
}

function dayOf(time: number): number {
  return Math.floor(time / day);
}

/** A day that ages past the limit keeps its partition; one that is too old at first never gets one. */
function hasOwnPartition(number: number, today: number): boolean {
  return number >= today - oldestDays && number <= today + newestDays;
}

async function createPartition(pool: Pool, number: number): Promise<void> {
  const from = dateOf(number);
  await transaction(pool, async (client) => {
    await client.query('SELECT pg_advisory_xact_lock($1)', [lock]);
    await client.query(
      `CREATE TABLE IF NOT EXISTS event_partitions.event_${from.replaceAll('-', '')}
       PARTITION OF event FOR VALUES FROM ('${from}T00:00:00Z') TO ('${dateOf(number + 1)}T00:00:00Z')`,
    );
  });
}

/** A clock that ran wrong once put events of this day in the default partition: there the day stays. */
function unlessHeldElsewhere(error: unknown): void {
  const checkViolation = '23514';
  if (!(error instanceof DatabaseError && error.code === checkViolation)) throw error;
}

function dateOf(number: number): string {
  return new Date(number * day).toISOString().slice(0, 10);
}
