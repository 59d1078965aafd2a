import { DatabaseError } from 'pg';
import type { StoredEvent } from './stored-event.ts';

export interface WithoutPoisonOptions {
  events: readonly StoredEvent[];
  /** Answers how many of the events are new. */
  store: (events: readonly StoredEvent[]) => Promise<number>;
  /** As `store`, undone afterwards. */
  rehearse: (events: readonly StoredEvent[]) => Promise<void>;
  onPoison: (event: StoredEvent, error: unknown) => void;
}

/**
 * Stores events; when PostgreSQL refuses one's value, that one is told of and passed over.
 * The door refuses such values, so this is for faults of ours: one record never blocks the rest.
 */
export async function withoutPoison(
  options: WithoutPoisonOptions,
): Promise<{ tried: number; added: number }> {
  const { events, store, onPoison } = options;
  try {
    return { tried: events.length, added: await store(events) };
  } catch (error) {
    if (!isRefusedValue(error)) throw error;
  }
  const poison = await findPoison(events, options);
  const good = events.filter((event) => !poison.has(event));
  const added = await store(good);
  for (const [event, error] of poison) onPoison(event, error);
  return { tried: good.length, added };
}

/** By halves, since a batch has thousands of events and at most a few that are refused. */
async function findPoison(
  events: readonly StoredEvent[],
  { rehearse }: Pick<WithoutPoisonOptions, 'rehearse'>,
): Promise<Map<StoredEvent, unknown>> {
  try {
    await rehearse(events);
    return new Map();
  } catch (error) {
    if (!isRefusedValue(error)) throw error;
    const [only] = events;
    if (only && events.length === 1) return new Map([[only, error]]);
  }
  const middle = Math.ceil(events.length / 2);
  const left = await findPoison(events.slice(0, middle), { rehearse });
  const right = await findPoison(events.slice(middle), { rehearse });
  return new Map([...left, ...right]);
}

/** SQLSTATE classes 22 (data exception) and 54 (limit exceeded). https://www.postgresql.org/docs/current/errcodes-appendix.html */
function isRefusedValue(error: unknown): boolean {
  return error instanceof DatabaseError && /^(22|54)/.test(error.code ?? '');
}
