import { createRowLoader, createRowsLoader, type Page, rowsAfter } from '@tributary/chassis';
import type { PrismaClient, Step, WidgetKind } from '@tributary/prisma/analytics';
import { z } from 'zod';
import type { DimensionFilter } from '../queries/selection.ts';

export interface DashboardRow {
  id: string;
  name: string;
  createdAt: Date;
}

export interface WidgetRow {
  id: string;
  dashboardId: string;
  metricId: string;
  title: string;
  kind: WidgetKind;
  windowMinutes: number;
  step: Step;
  limit: number;
  minimumCount: number;
  /** Dimensions of the metric. */
  by: string[];
  where: DimensionFilter[];
}

export type WidgetContents = Omit<WidgetRow, 'id' | 'dashboardId'>;
export type NewWidget = WidgetContents & Pick<WidgetRow, 'id'>;
export type DashboardStore = ReturnType<typeof createDashboardStore>;

const dashboardColumns = { id: true, name: true, createdAt: true } as const;
const widgetColumns = {
  id: true,
  dashboardId: true,
  metricId: true,
  title: true,
  kind: true,
  windowMinutes: true,
  step: true,
  limit: true,
  minimumCount: true,
  by: true,
  where: true,
} as const;

export function createDashboardStore({ prisma }: { prisma: PrismaClient }) {
  return {
    create: (workspaceId: string, dashboard: { id: string; name: string; widgets: NewWidget[] }) =>
      prisma.dashboard.create({
        data: {
          id: dashboard.id,
          workspaceId,
          name: dashboard.name,
          widgets: {
            create: dashboard.widgets.map((widget, position) => ({
              ...widget,
              workspaceId,
              position,
            })),
          },
        },
        select: dashboardColumns,
      }),

    /** False without such a dashboard. */
    async rename(workspaceId: string, id: string, name: string): Promise<boolean> {
      const where = { workspaceId, id };
      const { count } = await prisma.dashboard.updateMany({ where, data: { name } });
      return count === 1;
    },

    /** With its widgets. False without such a dashboard. */
    async remove(workspaceId: string, id: string): Promise<boolean> {
      const { count } = await prisma.dashboard.deleteMany({ where: { workspaceId, id } });
      return count === 1;
    },

    /** Newest first. */
    page: (workspaceId: string, page: Page): Promise<DashboardRow[]> =>
      prisma.dashboard.findMany({
        where: { workspaceId, ...rowsAfter('createdAt', page) },
        orderBy: [{ createdAt: 'desc' }, { id: 'desc' }],
        take: page.limit,
        select: dashboardColumns,
      }),

    byIds: (workspaceId: string, ids: string[]): Promise<DashboardRow[]> =>
      prisma.dashboard.findMany({
        where: { workspaceId, id: { in: ids } },
        select: dashboardColumns,
      }),

    widgetsByIds: (workspaceId: string, ids: string[]): Promise<WidgetRow[]> =>
      prisma.widget
        .findMany({ where: { workspaceId, id: { in: ids } }, select: widgetColumns })
        .then(withFilters),

    /** In the order in which the dashboard shows them. */
    widgetsOfDashboards: (workspaceId: string, dashboardIds: string[]): Promise<WidgetRow[]> =>
      prisma.widget
        .findMany({
          where: { workspaceId, dashboardId: { in: dashboardIds } },
          orderBy: { position: 'asc' },
          select: widgetColumns,
        })
        .then(withFilters),

    widgetsOfMetrics: (workspaceId: string, metricIds: string[]): Promise<WidgetRow[]> =>
      prisma.widget
        .findMany({
          where: { workspaceId, metricId: { in: metricIds } },
          select: widgetColumns,
        })
        .then(withFilters),
  };
}

const filtersSchema = z.array(z.object({ dimension: z.string(), in: z.array(z.string()) }));

/** Filters were checked before they were kept. */
function withFilters<Row extends { where: unknown }>(rows: readonly Row[]) {
  return rows.map((row) => ({ ...row, where: filtersSchema.parse(row.where) }));
}

export function createDashboardLoaders(store: DashboardStore, workspaceId: string) {
  return {
    dashboard: createRowLoader(
      (ids) => store.byIds(workspaceId, ids),
      ({ id }) => id,
    ),
    widget: createRowLoader(
      (ids) => store.widgetsByIds(workspaceId, ids),
      ({ id }) => id,
    ),
    widgetsOfDashboard: createRowsLoader(
      (ids) => store.widgetsOfDashboards(workspaceId, ids),
      ({ dashboardId }) => dashboardId,
    ),
    widgetsOfMetric: createRowsLoader(
      (ids) => store.widgetsOfMetrics(workspaceId, ids),
      ({ metricId }) => metricId,
    ),
  };
}
