import { createRowLoader, createRowsLoader } from '@tributary/chassis';
import type { Prisma, PrismaClient } from '@tributary/prisma/notifications';

const columns = {
  id: true,
  notificationId: true,
  channel: true,
  status: true,
  attempts: true,
  lastError: true,
  deliveredAt: true,
} as const satisfies Prisma.DeliverySelect;

export type DeliveryRow = Prisma.DeliveryGetPayload<{ select: typeof columns }>;
export type DeliveryStore = ReturnType<typeof createDeliveryStore>;

/** Deliveries of a person's notifications. */
export function createDeliveryStore({ prisma }: { prisma: PrismaClient }) {
  const find = (where: Prisma.DeliveryWhereInput): Promise<DeliveryRow[]> =>
    prisma.delivery.findMany({ select: columns, where, orderBy: { channel: 'asc' } });

  return {
    byIds: (workspace: string, user: string, ids: readonly string[]) =>
      find({ id: { in: [...ids] }, notification: { workspaceId: workspace, userId: user } }),
    byNotificationIds: (workspace: string, user: string, notificationIds: readonly string[]) =>
      find({
        notificationId: { in: [...notificationIds] },
        notification: { workspaceId: workspace, userId: user },
      }),
  };
}

/** One request's look-ups of deliveries to a person. */
export function createDeliveryLoaders(
  store: DeliveryStore,
  { workspace, user }: { workspace: string; user: string },
) {
  return {
    delivery: createRowLoader(
      (ids) => store.byIds(workspace, user, ids),
      (row) => row.id,
    ),
    deliveriesOfNotification: createRowsLoader(
      (notificationIds) => store.byNotificationIds(workspace, user, notificationIds),
      (row) => row.notificationId,
    ),
  };
}
