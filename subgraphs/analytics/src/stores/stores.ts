import type { PrismaClient } from '@tributary/prisma/analytics';
import type { Pool } from 'pg';
import { createDashboardStore } from './dashboard-store.ts';
import { createFigureStore } from './figure-store.ts';
import { createMetricStore } from './metric-store.ts';
import { createSourceActivityStore } from './source-activity-store.ts';

export type Stores = ReturnType<typeof createStores>;

/** The stores that requests and updates read and write. */
export function createStores({ prisma, pool }: { prisma: PrismaClient; pool: Pool }) {
  return {
    metrics: createMetricStore({ prisma, pool }),
    dashboards: createDashboardStore({ prisma }),
    figures: createFigureStore({ pool }),
    activity: createSourceActivityStore({ pool }),
  };
}
