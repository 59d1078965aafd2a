import { createRowLoader } from '@tributary/chassis';
import type { Prisma, PrismaClient } from '@tributary/prisma/notifications';

const columns = {
  id: true,
  to: true,
  subject: true,
  text: true,
  sentAt: true,
} as const satisfies Prisma.LocalMailSelect;

export type LocalMailRow = Prisma.LocalMailGetPayload<{ select: typeof columns }>;
export type LocalMailStore = ReturnType<typeof createLocalMailStore>;

/** A mail to be kept; its id is the delivery's. */
export interface NewLocalMail {
  id: string;
  userId: string;
  to: string;
  subject: string;
  text: string;
  html: string;
}

/** Mails kept because no mail server is set up. */
export function createLocalMailStore({ prisma }: { prisma: PrismaClient }) {
  return {
    /** Keeps a mail; keeping it again changes nothing. */
    async keep(workspace: string, mail: NewLocalMail): Promise<void> {
      const data = { ...mail, workspaceId: workspace };
      await prisma.localMail.createMany({ data, skipDuplicates: true });
    },
    /** A person's newest mails. */
    newest(workspace: string, user: string, limit: number): Promise<LocalMailRow[]> {
      return prisma.localMail.findMany({
        select: columns,
        where: { workspaceId: workspace, userId: user },
        orderBy: [{ sentAt: 'desc' }, { id: 'desc' }],
        take: limit,
      });
    },
    byIds(workspace: string, user: string, ids: readonly string[]): Promise<LocalMailRow[]> {
      return prisma.localMail.findMany({
        select: columns,
        where: { workspaceId: workspace, userId: user, id: { in: [...ids] } },
      });
    },
  };
}

/** One request's look-ups of mails to a person. */
export function createLocalMailLoaders(
  store: LocalMailStore,
  { workspace, user }: { workspace: string; user: string },
) {
  return {
    localMail: createRowLoader(
      (ids) => store.byIds(workspace, user, ids),
      (row) => row.id,
    ),
  };
}
