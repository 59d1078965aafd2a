/**
 * Guarantee: the events, what they add to every rollup, what is to be told of it, and the log's
 * positions are one transaction. A crash repeats nothing and skips nothing; an event that is stored
 * already (same workspace, source, id and time) adds nothing.
 */
import { transaction } from '@tributary/chassis';
import { advancePositions, type Batch } from '@tributary/event-log';
import { type EventProcessed, eventProcessed } from '@tributary/events';
import { enqueue } from '@tributary/outbox';
import type { Pool, PoolClient } from 'pg';
import type { ServiceMetrics } from '../metrics.ts';
import type { EventPartitions } from '../stores/event-partitions.ts';
import { insertNewEvents } from '../stores/event-store.ts';
import { lockDefinitions, readDefinitions } from '../stores/metric-definition-store.ts';
import { addToRollups } from '../stores/rollup-store.ts';
import { addActivity } from '../stores/source-activity-store.ts';
import { touchedMetrics } from '../updates/metric-touched.ts';
import { hourDeltas, minuteDeltas } from './rollup-deltas.ts';
import { type StoredEvent, toStoredEvent } from './stored-event.ts';
import { withoutPoison } from './without-poison.ts';

export const rollupGroup = 'analytics.rollups';

export interface StoreBatchDeps {
  pool: Pool;
  partitions: EventPartitions;
  metrics: ServiceMetrics;
  onPoison: (event: StoredEvent, error: unknown) => void;
  /** Called after each commit that has something to tell. */
  onStored: () => void;
}

export function createBatchStore(deps: StoreBatchDeps) {
  const { pool, partitions, metrics } = deps;

  async function store(
    events: readonly StoredEvent[],
    advances: Batch<unknown>['advances'],
  ): Promise<number> {
    await partitions.ensure(events.map(({ time }) => time));
    return transaction(pool, async (client) => {
      const added = await storeEvents(client, events);
      await advancePositions(client, { topic: eventProcessed.topic, group: rollupGroup }, advances);
      return added;
    });
  }

  return async ({ records, advances }: Batch<EventProcessed>): Promise<void> => {
    const stopTimer = metrics.batchSeconds.startTimer();
    const events = records.map(toStoredEvent);
    const added = await withoutPoison({ ...deps, events, store: (good) => store(good, advances) });
    stopTimer();
    metrics.batchSize.observe(records.length);
    metrics.stored.inc(added);
    metrics.duplicates.inc(records.length - added);
    if (added > 0) deps.onStored();
  };
}

/** Answers how many of the events are new. */
async function storeEvents(client: PoolClient, events: readonly StoredEvent[]): Promise<number> {
  if (events.length === 0) return 0;
  const workspaces = [...new Set(events.map(({ workspaceId }) => workspaceId))];
  // Before anything is read: a metric created meanwhile waits, and then finds these events stored.
  await lockDefinitions(client, workspaces, 'shared');
  const definitions = await readDefinitions(client, workspaces);
  const added = await insertNewEvents(client, events);
  const minutes = minuteDeltas(added, definitions);
  await addToRollups(client, 'rollup_minute', minutes);
  await addToRollups(client, 'rollup_hour', hourDeltas(minutes));
  await addActivity(client, added);
  await enqueue(client, touchedMetrics(added, minutes, definitions));
  return added.length;
}
