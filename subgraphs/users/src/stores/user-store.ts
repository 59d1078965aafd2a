import type { PrismaClient } from '@tributary/prisma/users';

export interface UserRow {
  id: string;
  email: string;
  name: string;
  createdAt: Date;
  /** Null until the person has opened the link that was mailed there. */
  emailVerifiedAt: Date | null;
}

export interface UserStore {
  /** Those of `ids` who are members of the workspace, and the viewer. */
  findVisible(workspace: string, viewer: string, ids: readonly string[]): Promise<UserRow[]>;
}

const columns = {
  id: true,
  email: true,
  name: true,
  createdAt: true,
  emailVerifiedAt: true,
} as const;

export function createUserStore({ prisma }: { prisma: PrismaClient }): UserStore {
  return {
    findVisible: (workspaceId, viewer, ids) =>
      prisma.user.findMany({
        select: columns,
        where: {
          id: { in: [...ids] },
          OR: [{ id: viewer }, { memberships: { some: { workspaceId } } }],
        },
      }),
  };
}
