import { createRowLoader, type Page } from '@tributary/chassis';
import type { AlertState, Prisma, PrismaClient } from '@tributary/prisma/notifications';

const columns = {
  id: true,
  ruleId: true,
  state: true,
  value: true,
  startedAt: true,
  firedAt: true,
  resolvedAt: true,
} as const satisfies Prisma.AlertSelect;

export type AlertRow = Prisma.AlertGetPayload<{ select: typeof columns }>;
export type AlertStore = ReturnType<typeof createAlertStore>;

export function createAlertStore({ prisma }: { prisma: PrismaClient }) {
  return {
    /** Newest first; of one state when given. */
    page(workspace: string, { limit, after }: Page, state?: AlertState): Promise<AlertRow[]> {
      return prisma.alert.findMany({
        select: columns,
        where: {
          workspaceId: workspace,
          ...(state && { state }),
          ...(after && {
            startedAt: { lte: after.time },
            OR: [{ startedAt: { lt: after.time } }, { id: { lt: after.id } }],
          }),
        },
        orderBy: [{ startedAt: 'desc' }, { id: 'desc' }],
        take: limit,
      });
    },
    byIds(workspace: string, ids: readonly string[]): Promise<AlertRow[]> {
      return prisma.alert.findMany({
        select: columns,
        where: { workspaceId: workspace, id: { in: [...ids] } },
      });
    },
    /** Pending and firing ones. */
    activeOfRules(workspace: string, ruleIds: readonly string[]): Promise<AlertRow[]> {
      return prisma.alert.findMany({
        select: columns,
        where: { workspaceId: workspace, activeRuleId: { in: [...ruleIds] } },
      });
    },
  };
}

/** One request's look-ups of a workspace's alerts. */
export function createAlertLoaders(store: AlertStore, workspace: string) {
  return {
    alert: createRowLoader(
      (ids) => store.byIds(workspace, ids),
      (row) => row.id,
    ),
    activeAlertOfRule: createRowLoader(
      (ruleIds) => store.activeOfRules(workspace, ruleIds),
      (row) => row.ruleId,
    ),
  };
}
