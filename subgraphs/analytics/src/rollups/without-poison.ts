import { DatabaseError, type Pool } from 'pg';
import type { ServiceMetrics } from '../metrics.ts';
import type { StoredEvent } from './stored-event.ts';

export interface WithoutPoisonOptions {
  events: readonly StoredEvent[];
  store: (events: readonly StoredEvent[]) => Promise<number>;
  pool: Pool;
  metrics: ServiceMetrics;
  onPoison: (event: StoredEvent, error: unknown) => void;
}

/**
 * Stores events; when PostgreSQL refuses one's value, that one is told, counted and passed over.
 * The door refuses such values, so this is for faults of ours: one record never blocks the rest.
 */
export async function withoutPoison(options: WithoutPoisonOptions): Promise<number> {
  const { events, store } = options;
  try {
    return await store(events);
  } catch (error) {
    if (!isDataException(error)) throw error;
    return store(await digestible(options));
  }
}

async function digestible({
  events,
  pool,
  metrics,
  onPoison,
}: WithoutPoisonOptions): Promise<StoredEvent[]> {
  const good: StoredEvent[] = [];
  for (const event of events) {
    try {
      await pool.query(
        'SELECT $1::uuid, $2::uuid, $3::text, $4::timestamptz, $5::text, $6::jsonb',
        [
          event.workspaceId,
          event.sourceId,
          event.eventId,
          event.time.toISOString(),
          event.type,
          JSON.stringify(event.data),
        ],
      );
      good.push(event);
    } catch (error) {
      if (!isDataException(error)) throw error;
      metrics.poisonous.inc();
      onPoison(event, error);
    }
  }
  return good;
}

/** SQLSTATE class 22. https://www.postgresql.org/docs/current/errcodes-appendix.html */
function isDataException(error: unknown): boolean {
  return error instanceof DatabaseError && error.code?.startsWith('22') === true;
}
