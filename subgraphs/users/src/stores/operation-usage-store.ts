/** What was asked of partners' operations, by day. */
import { transaction } from '@tributary/chassis';
import { type CountedOperation, noCounts, type OperationCounts } from '@tributary/operations';
import type { Pool } from 'pg';

export interface UsageRow {
  day: string;
  operationId: string;
  requests: number;
  errors: number;
  milliseconds: number;
  buckets: number[];
}

export interface UsageFilter {
  clientId: string;
  /** How many days, today included. */
  days: number;
  /** Undefined: all. */
  operationId: string | undefined;
}

export interface OperationUsageStore {
  /** The newest day first. */
  list(workspace: string, filter: UsageFilter): Promise<UsageRow[]>;
  /** Adds a batch of counts; one that was added before adds nothing. */
  add(batch: string, counts: readonly (CountedOperation & OperationCounts)[]): Promise<void>;
}

/** Longer than a batch waits in Redis, whatever happens to the service. */
const rememberedBatches = '30 days';

export function createOperationUsageStore({ pool }: { pool: Pool }): OperationUsageStore {
  return {
    async list(workspace, { clientId, days, operationId }) {
      const { rows } = await pool.query<Omit<UsageRow, 'buckets'> & { buckets: string[] }>(
        `SELECT to_char(day, 'YYYY-MM-DD') AS day, operation_id AS "operationId",
                requests::float8 AS requests, errors::float8 AS errors, milliseconds, buckets
         FROM operation_usage JOIN api_client ON api_client.id = client_id AND workspace_id = $1
         WHERE client_id = $2 AND day > (now() AT TIME ZONE 'UTC')::date - $3::int
           AND ($4::text IS NULL OR operation_id = $4)
         ORDER BY day DESC, requests DESC, operation_id`,
        [workspace, clientId, days, operationId ?? null],
      );
      return rows.map((row) => ({ ...row, buckets: row.buckets.map(Number) }));
    },
    async add(batch, counts) {
      await transaction(pool, async (client) => {
        const { rowCount } = await client.query(
          'INSERT INTO operation_usage_batch (id) VALUES ($1) ON CONFLICT DO NOTHING',
          [batch],
        );
        if (rowCount === 0) return;
        await client.query(addCounts, [JSON.stringify(counts.map(toRow))]);
        await client.query(
          `DELETE FROM operation_usage_batch WHERE added_at < now() - $1::interval`,
          [rememberedBatches],
        );
      });
    },
  };
}

const toRow = (counted: CountedOperation & OperationCounts) => ({
  ...noCounts(),
  ...counted,
  milliseconds: counted.microseconds / 1_000,
});

/** Clients that are gone meanwhile count no more. */
const addCounts = `
  INSERT INTO operation_usage AS kept
    (client_id, day, operation_id, requests, errors, milliseconds, buckets)
  SELECT api_client.id, day, operation, requests, errors, milliseconds, buckets
  FROM jsonb_to_recordset($1) AS given(client text, day date, operation text, requests bigint,
    errors bigint, milliseconds float8, buckets bigint[])
  JOIN api_client ON api_client.id::text = client
  ON CONFLICT (client_id, day, operation_id) DO UPDATE SET
    requests = kept.requests + excluded.requests,
    errors = kept.errors + excluded.errors,
    milliseconds = kept.milliseconds + excluded.milliseconds,
    buckets = ARRAY(SELECT coalesce(one, 0) + coalesce(other, 0)
      FROM unnest(kept.buckets, excluded.buckets) WITH ORDINALITY AS pairs(one, other, place)
      ORDER BY place)`;
