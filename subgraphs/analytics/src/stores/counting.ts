import { transaction } from '@tributary/chassis';
import { TributaryError } from '@tributary/errors';
import { BulkheadRejectedError, bulkhead } from 'cockatiel';
import { DatabaseError, type Pool, type PoolClient } from 'pg';
import { type CountedMinutes, countMinutes } from './counted-minutes.ts';

/** So that readers of long ago leave connections to what is stored and read now. */
const mostAtATime = 2;
const mostWaiting = 50;

export interface CountingOptions {
  pool: Pool;
  /** Of a statement; ten seconds are enough for some million events. */
  longestMilliseconds?: number;
}

/** Reads after minutes have been counted, at one moment of the database. */
export function createCounting({ pool, longestMilliseconds = 10_000 }: CountingOptions) {
  const room = bulkhead(mostAtATime, mostWaiting);

  /** @throws UPSTREAM_TIMEOUT when there are too many events to count, UNAVAILABLE when too many wait. */
  return async <Result>(
    minutes: CountedMinutes,
    read: (client: PoolClient) => Promise<Result>,
  ): Promise<Result> => {
    const counted = room.execute(() =>
      transaction(pool, async (client) => {
        await client.query('SET TRANSACTION ISOLATION LEVEL REPEATABLE READ');
        await client.query(`SET LOCAL statement_timeout = ${longestMilliseconds}`);
        await countMinutes(client, minutes);
        return read(client);
      }),
    );
    return counted.catch((error: unknown) => {
      throw toTold(error);
    });
  };
}

function toTold(error: unknown): unknown {
  if (error instanceof BulkheadRejectedError) {
    return new TributaryError(
      'UNAVAILABLE',
      'Too many others have minutes of long ago counted. Try again soon.',
    );
  }
  if (error instanceof DatabaseError && error.code === '57014') {
    return new TributaryError(
      'UPSTREAM_TIMEOUT',
      'Minutes of groups of more than a week ago are counted from the stored events, of which there are too many here. Ask for whole hours, or for fewer minutes.',
    );
  }
  return error;
}
