import type { PrismaClient } from '@tributary/prisma/users';

export interface WorkspaceRow {
  id: string;
  name: string;
  createdAt: Date;
}

export interface WorkspaceStore {
  /** Those of `ids` the viewer belongs to, and the one the viewer speaks for. */
  findVisible(workspace: string, viewer: string, ids: readonly string[]): Promise<WorkspaceRow[]>;
}

const columns = { id: true, name: true, createdAt: true } as const;

export function createWorkspaceStore({ prisma }: { prisma: PrismaClient }): WorkspaceStore {
  return {
    findVisible: (workspace, viewer, ids) =>
      prisma.workspace.findMany({
        select: columns,
        where: {
          id: { in: [...ids] },
          OR: [{ id: workspace }, { memberships: { some: { userId: viewer } } }],
        },
      }),
  };
}
