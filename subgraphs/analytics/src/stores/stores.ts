import type { PrismaClient } from '@tributary/prisma/analytics';
import type { Redis } from 'ioredis';
import type { Pool } from 'pg';
import { createDashboardStore } from './dashboard-store.ts';
import { createExportStore } from './export-store.ts';
import { createExportTicketStore } from './export-ticket-store.ts';
import { createFigureStore } from './figure-store.ts';
import { createMetricStore } from './metric-store.ts';
import { createRemovedMetricStore } from './removed-metric-store.ts';
import { createSeenEventStore } from './seen-event-store.ts';
import { createSourceActivityStore } from './source-activity-store.ts';
import { createStoredSpanStore } from './stored-span-store.ts';
import { createWidgetStore } from './widget-store.ts';

export type Stores = ReturnType<typeof createStores>;

interface StoresDeps {
  prisma: PrismaClient;
  pool: Pool;
  redis: Redis;
}

/** The stores that requests, updates and removals read and write. */
export function createStores({ prisma, pool, redis }: StoresDeps) {
  return {
    metrics: createMetricStore({ prisma, pool }),
    dashboards: createDashboardStore({ prisma }),
    widgets: createWidgetStore({ prisma }),
    figures: createFigureStore({ pool }),
    seenEvents: createSeenEventStore({ pool }),
    storedSpans: createStoredSpanStore({ pool }),
    removedMetrics: createRemovedMetricStore({ pool }),
    activity: createSourceActivityStore({ pool }),
    exports: createExportStore({ pool }),
    exportTickets: createExportTicketStore({ redis }),
  };
}
