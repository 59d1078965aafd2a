import type { Prisma, PrismaClient } from '@tributary/prisma/analytics';
import type { NewWidget, WidgetContents } from './dashboard-store.ts';

export type WidgetStore = ReturnType<typeof createWidgetStore>;

/** Changes of a dashboard's widgets. Those of one dashboard take turns, so that each widget has a place of its own. */
export function createWidgetStore({ prisma }: { prisma: PrismaClient }) {
  return {
    /** Behind those that are there, unless there are `most` already. */
    add: (
      workspaceId: string,
      dashboardId: string,
      { widget, most }: { widget: NewWidget; most: number },
    ): Promise<'added' | 'full' | 'missing'> =>
      prisma.$transaction(async (client) => {
        if (!(await lockDashboard(client, workspaceId, dashboardId))) return 'missing';
        const held = await client.widget.aggregate({
          where: { workspaceId, dashboardId },
          _count: true,
          _max: { position: true },
        });
        if (held._count >= most) return 'full';
        const position = (held._max.position ?? -1) + 1;
        await client.widget.create({ data: { ...widget, workspaceId, dashboardId, position } });
        return 'added';
      }),

    /** False without such a widget. */
    async change(workspaceId: string, id: string, widget: WidgetContents): Promise<boolean> {
      const { count } = await prisma.widget.updateMany({
        where: { workspaceId, id },
        data: widget,
      });
      return count === 1;
    },

    /** False without such a widget. */
    async remove(workspaceId: string, id: string): Promise<boolean> {
      const { count } = await prisma.widget.deleteMany({ where: { workspaceId, id } });
      return count === 1;
    },

    /** False, and nothing is changed, when these are not all of the dashboard's widgets. */
    order: (workspaceId: string, dashboardId: string, ids: readonly string[]): Promise<boolean> =>
      prisma.$transaction(async (client) => {
        await lockDashboard(client, workspaceId, dashboardId);
        const held = await client.widget.findMany({
          where: { workspaceId, dashboardId },
          select: { id: true },
        });
        const wanted = new Set(ids);
        const isAll = ids.length === held.length && held.every(({ id }) => wanted.has(id));
        if (!isAll) return false;
        // Past all places there are first: no two widgets may share one, not even for a moment.
        await client.$executeRaw`
          UPDATE widget SET position = -place FROM unnest(${ids}::uuid[]) WITH ORDINALITY AS wanted (id, place)
          WHERE widget.id = wanted.id AND workspace_id = ${workspaceId}::uuid`;
        await client.$executeRaw`
          UPDATE widget SET position = -position - 1
          WHERE workspace_id = ${workspaceId}::uuid AND dashboard_id = ${dashboardId}::uuid`;
        return true;
      }),
  };
}

async function lockDashboard(
  client: Prisma.TransactionClient,
  workspaceId: string,
  id: string,
): Promise<boolean> {
  const rows = await client.$queryRaw<unknown[]>`
    SELECT id FROM dashboard WHERE workspace_id = ${workspaceId}::uuid AND id = ${id}::uuid FOR UPDATE`;
  return rows.length === 1;
}
