import { createRowLoader, createRowsLoader } from '@tributary/chassis';
import type { Prisma, PrismaClient } from '@tributary/prisma/notifications';

const columns = {
  id: true,
  name: true,
  metricId: true,
  operator: true,
  threshold: true,
  windowMinutes: true,
  holdSeconds: true,
  severity: true,
  createdAt: true,
  isStanding: true,
} as const satisfies Prisma.AlertRuleSelect;

export type AlertRuleRow = Prisma.AlertRuleGetPayload<{ select: typeof columns }>;
export type AlertRuleStore = ReturnType<typeof createAlertRuleStore>;

export function createAlertRuleStore({ prisma }: { prisma: PrismaClient }) {
  const find = (where: Prisma.AlertRuleWhereInput): Promise<AlertRuleRow[]> =>
    prisma.alertRule.findMany({
      select: columns,
      where,
      orderBy: [{ createdAt: 'asc' }, { id: 'asc' }],
    });

  return {
    create(
      workspace: string,
      rule: Omit<AlertRuleRow, 'createdAt' | 'isStanding'>,
    ): Promise<AlertRuleRow> {
      return prisma.alertRule.create({
        select: columns,
        data: { ...rule, workspaceId: workspace },
      });
    },
    /** With its alerts; what people were told of them stays. False without such a rule that somebody made. */
    async remove(workspace: string, id: string): Promise<boolean> {
      const { count } = await prisma.alertRule.deleteMany({
        where: { workspaceId: workspace, id, isStanding: false },
      });
      return count === 1;
    },
    /** Oldest first. */
    list: (workspace: string) => find({ workspaceId: workspace }),
    byIds: (workspace: string, ids: readonly string[]) =>
      find({ workspaceId: workspace, id: { in: [...ids] } }),
    byMetricIds: (workspace: string, metricIds: readonly string[]) =>
      find({ workspaceId: workspace, metricId: { in: [...metricIds] } }),
  };
}

/** One request's look-ups of a workspace's rules. */
export function createAlertRuleLoaders(store: AlertRuleStore, workspace: string) {
  return {
    alertRule: createRowLoader(
      (ids) => store.byIds(workspace, ids),
      (row) => row.id,
    ),
    alertRulesOfMetric: createRowsLoader(
      (metricIds) => store.byMetricIds(workspace, metricIds),
      (row) => row.metricId,
    ),
  };
}
