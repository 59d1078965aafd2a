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
import { createEventInserter, type InsertNewEvents } from '../stores/event-store.ts';
import { lockDefinitions, readDefinitions } from '../stores/metric-definition-store.ts';
import { addToRollups } from '../stores/rollup-store.ts';
import { addActivity } from '../stores/source-activity-store.ts';
import { touchedMetrics } from '../updates/metric-touched.ts';
import { keptMinutes } from './group-minutes.ts';
import { createGroupLimit, type FindBeyond } from './limit-groups.ts';
import { withoutGroups } from './other-group.ts';
import { coarserDeltas, createMinuteSums, day, hour } from './rollup-deltas.ts';
import { type StoredEvent, toStoredEvent } from './stored-event.ts';
import { withoutPoison } from './without-poison.ts';

export const rollupGroup = 'analytics.rollups';

export interface StoreBatchDeps {
  pool: Pool;
  partitions: EventPartitions;
  metrics: ServiceMetrics;
  onPoison: (event: StoredEvent, error: unknown) => void;
  /** That a day of a breakdown may have; see limit-groups.ts. */
  mostGroups?: number | undefined;
  /** Called after each commit that has something to tell. */
  onStored: () => void;
}

/** Events inserted at a time, so that requests get their turn during a large batch. */
const sliceSize = 2_500;

export function createBatchStore(deps: StoreBatchDeps) {
  const { pool, partitions, metrics } = deps;
  const ways = {
    insertNewEvents: createEventInserter(),
    findBeyond: createGroupLimit(deps.mostGroups),
  };

  /** Takes the positions first: of two processes with the same records, one waits here and gives way. */
  async function store(
    events: readonly StoredEvent[],
    advances: Batch<unknown>['advances'],
  ): Promise<number> {
    await partitions.ensure(events.map(({ time }) => time));
    return transaction(pool, async (client) => {
      await advancePositions(client, { topic: eventProcessed.topic, group: rollupGroup }, advances);
      return storeEvents(client, events, ways);
    });
  }

  return async ({ records, advances }: Batch<EventProcessed>): Promise<void> => {
    const stopTimer = metrics.batchSeconds.startTimer();
    const events = records.map(toStoredEvent);
    const { tried, added } = await withoutPoison({
      events,
      store: (good) => store(good, advances),
      rehearse: (some) => rehearse(pool, (client) => storeEvents(client, some, ways)),
      onPoison(event, error) {
        metrics.poisonous.inc();
        deps.onPoison(event, error);
      },
    });
    stopTimer();
    metrics.batchSize.observe(records.length);
    metrics.stored.inc(added);
    metrics.duplicates.inc(tried - added);
    if (added > 0) deps.onStored();
  };
}

/** Answers how many of the events are new. */
async function storeEvents(
  client: PoolClient,
  events: readonly StoredEvent[],
  { insertNewEvents, findBeyond }: { insertNewEvents: InsertNewEvents; findBeyond: FindBeyond },
): Promise<number> {
  if (events.length === 0) return 0;
  const workspaces = [...new Set(events.map(({ workspaceId }) => workspaceId))];
  // Before anything is read: a metric created meanwhile waits, and then finds these events stored.
  await lockDefinitions(client, workspaces, 'shared');
  const definitions = await readDefinitions(client, workspaces);
  const sums = createMinuteSums(definitions);
  const added: StoredEvent[] = [];
  for (let start = 0; start < events.length; start += sliceSize) {
    const fresh = await insertNewEvents(client, events.slice(start, start + sliceSize));
    sums.add(fresh);
    for (const event of fresh) added.push(event);
  }
  const minutes = sums.deltas();
  const hours = coarserDeltas(minutes, hour);
  const days = coarserDeltas(hours, day);
  const beyond = await findBeyond(client, days);
  await addToRollups(
    client,
    'rollup_minute',
    withoutGroups(keptMinutes(minutes, Date.now()), beyond),
  );
  await addToRollups(client, 'rollup_hour', withoutGroups(hours, beyond));
  await addToRollups(client, 'rollup_day', withoutGroups(days, beyond));
  await addActivity(client, added);
  await enqueue(client, touchedMetrics(added, minutes, definitions));
  return added.length;
}

/** Does the work and undoes it. @throws what the work throws. */
async function rehearse(pool: Pool, work: (client: PoolClient) => Promise<unknown>): Promise<void> {
  const undo = new Error('rehearsed');
  await transaction(pool, async (client) => {
    await work(client);
    throw undo;
  }).catch((error: unknown) => {
    if (error !== undo) throw error;
  });
}
