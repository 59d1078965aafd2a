import { randomUUID } from 'node:crypto';
import { transaction } from '@tributary/chassis';
import { type EventProcessed, eventProcessed } from '@tributary/events';
import type { Pool } from 'pg';
import { advancePositions, createEventLog, createPositionStore } from '../src/index.ts';

export const group = 'analytics.rollups';
/** How long a test waits for what a consumer does. */
export const patience = { timeout: 20_000 };
const workspace = randomUUID();
const sourceid = randomUUID();

export function record(id: string, subject = id): EventProcessed {
  return {
    specversion: '1.0',
    id,
    subject,
    source: '/test',
    type: 'test.happened',
    workspace,
    sourceid,
    time: '2026-01-01T00:00:00Z',
    acceptedat: '2026-01-01T00:00:00Z',
    requestid: 'request-1',
    data: {},
  };
}

/** On a topic that no other test reads. */
export function ownEvent(): typeof eventProcessed {
  return { ...eventProcessed, topic: `events.${randomUUID()}` };
}

/** A consumer that stores ids with its positions in one transaction, as a real one does. */
export async function storeIds(options: {
  pool: Pool;
  url: string;
  event?: typeof eventProcessed;
  beforeCommit?: () => void;
}) {
  const { event = eventProcessed } = options;
  const log = await createEventLog({ url: options.url });
  const errors: unknown[] = [];
  const invalid: unknown[] = [];
  log.consume({
    event,
    group,
    positions: createPositionStore({ pool: options.pool }),
    onError: (error) => errors.push(error),
    onInvalid: (found) => invalid.push(found),
    handle: (batch) =>
      transaction(options.pool, async (client) => {
        // IF NOT EXISTS fails when two create it at once.
        await client.query('SELECT pg_advisory_xact_lock(1)');
        await client.query('CREATE TABLE IF NOT EXISTS seen (number bigserial, id text)');
        await client.query('INSERT INTO seen (id) SELECT unnest($1::text[])', [
          batch.records.map(({ id }) => id),
        ]);
        await advancePositions(client, { topic: event.topic, group }, batch.advances);
        options.beforeCommit?.();
      }),
  });
  return { log, errors, invalid, [Symbol.asyncDispose]: () => log.close() };
}

export async function seen(pool: Pool): Promise<string[]> {
  const { rows } = await pool
    .query<{ id: string }>('SELECT id FROM seen ORDER BY number')
    .catch(() => ({ rows: [] }));
  return rows.map(({ id }) => id);
}
