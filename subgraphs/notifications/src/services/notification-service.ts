import {
  type Connection,
  type KnownPrincipal,
  type Principal,
  requireUser,
  toConnection,
  toPage,
  type UserPrincipal,
} from '@tributary/chassis';
import { TributaryError, type UserError, userErrorsFromZod } from '@tributary/errors';
import { z } from 'zod';
import type { DeliveryRow } from '../stores/delivery-store.ts';
import type { Loaders, Stores } from '../stores/loaders.ts';
import type { LocalMailRow } from '../stores/local-mail-store.ts';
import type { NotificationRow } from '../stores/notification-store.ts';

export interface NotificationServiceOptions {
  principal: Principal;
  stores: Pick<Stores, 'notifications' | 'localMails'>;
  loadersOf: (user: KnownPrincipal) => Loaders;
}

export interface NotificationsQuery {
  first: number;
  after?: string | null | undefined;
  unreadOnly: boolean;
}

const markReadInput = z.object({
  ids: z
    .array(z.uuid('must be the id of a notification'))
    .max(500, 'must be at most 500 ids')
    .optional(),
});

export type NotificationService = ReturnType<typeof createNotificationService>;

/** People's inboxes in the token's workspace; nobody sees another person's. */
export function createNotificationService(options: NotificationServiceOptions) {
  const { principal, stores, loadersOf } = options;
  const reader = () => requireUser(principal);

  /** @throws FORBIDDEN when it is not the principal's own inbox. */
  function owner(userId: string): UserPrincipal {
    const user = reader();
    if (user.subject === userId.toLowerCase()) return user;
    throw new TributaryError('FORBIDDEN', 'An inbox is open to its own person only.');
  }

  async function missingIds(user: UserPrincipal, ids: readonly string[]): Promise<string[]> {
    const { notification } = loadersOf(user);
    const found = await Promise.all(ids.map((id) => notification.load(id)));
    return ids.filter((_, index) => !found[index]);
  }

  return {
    notification: async (id: string): Promise<NotificationRow | null> =>
      loadersOf(reader()).notification.load(id),
    delivery: async (id: string): Promise<DeliveryRow | null> =>
      loadersOf(reader()).delivery.load(id),
    localMail: async (id: string): Promise<LocalMailRow | null> =>
      loadersOf(reader()).localMail.load(id),
    deliveriesOf: async (notificationId: string): Promise<DeliveryRow[]> =>
      loadersOf(reader()).deliveriesOfNotification.load(notificationId),

    /** Newest first. @throws INVALID_INPUT for a page or cursor that is none. */
    async notifications(
      userId: string,
      { first, after = null, unreadOnly }: NotificationsQuery,
    ): Promise<Connection<NotificationRow>> {
      const { workspace, subject } = owner(userId);
      const page = toPage({ first, after });
      const rows = await stores.notifications.page(workspace, subject, { ...page, unreadOnly });
      return toConnection(rows, page, ({ createdAt, id }) => ({ time: createdAt, id }));
    },
    async unreadCount(userId: string): Promise<number> {
      const { workspace, subject } = owner(userId);
      return stores.notifications.countUnread(workspace, subject);
    },
    /** Newest first. @throws INVALID_INPUT for a page size that is none. */
    async localMails(userId: string, first: number): Promise<LocalMailRow[]> {
      const { workspace, subject } = owner(userId);
      return stores.localMails.newest(workspace, subject, toPage({ first }).limit - 1);
    },

    /** Marks the named notifications, or all, as read. One that is not the principal's: none is marked. */
    async markRead(input: {
      ids?: readonly string[] | null | undefined;
    }): Promise<{ user: { id: string } | null; userErrors: UserError[] }> {
      const user = reader();
      const parsed = markReadInput.safeParse({ ids: input.ids ?? undefined });
      if (!parsed.success) {
        return { user: null, userErrors: userErrorsFromZod(parsed.error, ['input']) };
      }
      const { ids } = parsed.data;
      const missing = await missingIds(user, ids ?? []);
      if (missing.length > 0) return { user: null, userErrors: missing.map(notFound) };
      await stores.notifications.markRead(user.workspace, user.subject, {
        ids,
        readAt: new Date(),
      });
      return { user: { id: user.subject }, userErrors: [] };
    },
  };
}

function notFound(id: string): UserError {
  return {
    code: 'NOT_FOUND',
    message: `There is no notification ${id} in your inbox.`,
    field: ['input', 'ids'],
  };
}
