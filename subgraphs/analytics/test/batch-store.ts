import { PrismaPg } from '@prisma/adapter-pg';
import { PrismaClient } from '@tributary/prisma/analytics';
import { createTestDatabase } from '@tributary/testkit';
import { Registry } from 'prom-client';
import { createMetricBuilder } from '../src/builds/build-metric.ts';
import { createServiceMetrics } from '../src/metrics.ts';
import { createBatchStore } from '../src/rollups/store-batch.ts';
import type { StoredEvent } from '../src/rollups/stored-event.ts';
import { createEventPartitions } from '../src/stores/event-partitions.ts';
import { createMetricStore, type NewMetric } from '../src/stores/metric-store.ts';

/** What rolls up a batch and what creates a metric, on a database of their own. */
export async function createBatchStoreOnTestDatabase({ mostGroups }: { mostGroups?: number } = {}) {
  const database = await createTestDatabase('analytics');
  const { pool } = database;
  const registry = new Registry();
  const poison: StoredEvent[] = [];
  const metrics = createMetricStore({
    prisma: new PrismaClient({ adapter: new PrismaPg(pool) }),
    pool,
  });
  const buildMetric = createMetricBuilder({ pool, eventsAtATime: 1, mostGroups });
  return {
    pool,
    poison,
    storeBatch: createBatchStore({
      pool,
      partitions: createEventPartitions({ pool }),
      metrics: createServiceMetrics({ registry }),
      onPoison: (event) => void poison.push(event),
      onStored: () => {},
      mostGroups,
    }),
    metrics,
    /** A day at a time, so that batches come in between. */
    async createMetric(workspaceId: string, metric: NewMetric): Promise<void> {
      await metrics.create(workspaceId, metric);
      await buildMetric({ workspaceId, id: metric.id }, { milliseconds: Number.POSITIVE_INFINITY });
    },
    async rebuildMetric(workspaceId: string, id: string): Promise<void> {
      await metrics.markUnbuilt(workspaceId, id);
      await buildMetric({ workspaceId, id }, { milliseconds: Number.POSITIVE_INFINITY });
    },
    async counter(name: string): Promise<number> {
      const metric = await registry.getSingleMetric(name)?.get();
      return metric?.values[0]?.value ?? 0;
    },
    [Symbol.asyncDispose]: () => database[Symbol.asyncDispose](),
  };
}

/** Counts flight.departed events unless said otherwise. */
export function newMetric(
  overrides: Partial<NewMetric> & Pick<NewMetric, 'id' | 'sourceId'>,
): NewMetric {
  return {
    name: 'Departures',
    unit: '',
    eventType: 'flight.departed',
    aggregation: 'COUNT',
    field: null,
    conditionField: null,
    conditionOperator: null,
    conditionValue: null,
    percentile: null,
    filters: [],
    dimensions: [],
    ...overrides,
  };
}
