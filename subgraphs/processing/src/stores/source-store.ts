import { createRowLoader, type Page, rowsAfter } from '@tributary/chassis';
import { Prisma, type PrismaClient } from '@tributary/prisma/processing';

import type { UnknownTypes } from '../pipeline/unknown-types.ts';

export interface SourceRow {
  id: string;
  name: string;
  writeKeyHint: string;
  createdAt: Date;
  unknownTypes: UnknownTypes;
}

export interface NewSource {
  id: string;
  name: string;
  writeKeyHash: string;
  writeKeyHint: string;
}

export type SourceStore = ReturnType<typeof createSourceStore>;

const columns = {
  id: true,
  name: true,
  writeKeyHint: true,
  createdAt: true,
  unknownTypes: true,
} as const;

export function createSourceStore({ prisma }: { prisma: PrismaClient }) {
  return {
    /** Undefined when the workspace has a source of that name. */
    async create(workspaceId: string, source: NewSource): Promise<SourceRow | undefined> {
      try {
        return await prisma.source.create({ data: { ...source, workspaceId }, select: columns });
      } catch (error) {
        if (isTaken(error)) return undefined;
        throw error;
      }
    },

    /** Newest first. */
    page: (workspaceId: string, page: Page): Promise<SourceRow[]> =>
      prisma.source.findMany({
        where: { workspaceId, ...rowsAfter('createdAt', page) },
        orderBy: [{ createdAt: 'desc' }, { id: 'desc' }],
        take: page.limit,
        select: columns,
      }),

    async setUnknownTypes(workspaceId: string, id: string, unknownTypes: UnknownTypes) {
      await prisma.source.updateMany({ where: { workspaceId, id }, data: { unknownTypes } });
    },

    byIds: (workspaceId: string, ids: string[]): Promise<SourceRow[]> =>
      prisma.source.findMany({ where: { workspaceId, id: { in: ids } }, select: columns }),

    /** The one look-up without a workspace: the key says which it is. */
    async findByWriteKeyHash(writeKeyHash: string) {
      const found = await prisma.source.findUnique({
        where: { writeKeyHash },
        select: { id: true, workspaceId: true },
      });
      return found ?? undefined;
    },
  };
}

export const createSourceLoader = (store: SourceStore, workspaceId: string) =>
  createRowLoader(
    (ids) => store.byIds(workspaceId, ids),
    (row) => row.id,
  );

function isTaken(error: unknown): boolean {
  return error instanceof Prisma.PrismaClientKnownRequestError && error.code === 'P2002';
}
