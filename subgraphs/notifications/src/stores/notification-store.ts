import { createRowLoader, type Page } from '@tributary/chassis';
import type { Prisma, PrismaClient } from '@tributary/prisma/notifications';

const columns = {
  id: true,
  title: true,
  body: true,
  severity: true,
  alertId: true,
  createdAt: true,
  readAt: true,
} as const satisfies Prisma.NotificationSelect;

export type NotificationRow = Prisma.NotificationGetPayload<{ select: typeof columns }>;
export type NotificationStore = ReturnType<typeof createNotificationStore>;

/** People's inboxes: every function takes the workspace and whose inbox it is. */
export function createNotificationStore({ prisma }: { prisma: PrismaClient }) {
  return {
    /** Newest first. */
    page(
      workspace: string,
      user: string,
      { limit, after, unreadOnly }: Page & { unreadOnly: boolean },
    ): Promise<NotificationRow[]> {
      return prisma.notification.findMany({
        select: columns,
        where: {
          workspaceId: workspace,
          userId: user,
          ...(unreadOnly && { readAt: null }),
          ...(after && {
            createdAt: { lte: after.time },
            OR: [{ createdAt: { lt: after.time } }, { id: { lt: after.id } }],
          }),
        },
        orderBy: [{ createdAt: 'desc' }, { id: 'desc' }],
        take: limit,
      });
    },
    byIds(workspace: string, user: string, ids: readonly string[]): Promise<NotificationRow[]> {
      return prisma.notification.findMany({
        select: columns,
        where: { workspaceId: workspace, userId: user, id: { in: [...ids] } },
      });
    },
    countUnread(workspace: string, user: string): Promise<number> {
      return prisma.notification.count({
        where: { workspaceId: workspace, userId: user, readAt: null },
      });
    },
    /** Marks the unread ones among `ids`, or all; what was read before keeps its time. */
    async markRead(
      workspace: string,
      user: string,
      { ids, readAt }: { ids: readonly string[] | undefined; readAt: Date },
    ): Promise<void> {
      await prisma.notification.updateMany({
        where: {
          workspaceId: workspace,
          userId: user,
          readAt: null,
          ...(ids && { id: { in: [...ids] } }),
        },
        data: { readAt },
      });
    },
  };
}

/** One request's look-ups in a person's inbox. */
export function createNotificationLoaders(
  store: NotificationStore,
  { workspace, user }: { workspace: string; user: string },
) {
  return {
    notification: createRowLoader(
      (ids) => store.byIds(workspace, user, ids),
      (row) => row.id,
    ),
  };
}
