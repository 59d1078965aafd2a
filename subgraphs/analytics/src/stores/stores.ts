import type { PrismaClient } from '@tributary/prisma/analytics';
import type { Pool } from 'pg';
import { createDashboardStore } from './dashboard-store.ts';
import { createFigureStore } from './figure-store.ts';
import { createMetricStore } from './metric-store.ts';
import { createRemovedMetricStore } from './removed-metric-store.ts';
import { createSeenEventStore } from './seen-event-store.ts';
import { createSourceActivityStore } from './source-activity-store.ts';
import { createWidgetStore } from './widget-store.ts';

export type Stores = ReturnType<typeof createStores>;

/** The stores that requests, updates and removals read and write. */
export function createStores({ prisma, pool }: { prisma: PrismaClient; pool: Pool }) {
  return {
    metrics: createMetricStore({ prisma, pool }),
    dashboards: createDashboardStore({ prisma }),
    widgets: createWidgetStore({ prisma }),
    figures: createFigureStore({ pool }),
    seenEvents: createSeenEventStore({ pool }),
    removedMetrics: createRemovedMetricStore({ pool }),
    activity: createSourceActivityStore({ pool }),
  };
}
