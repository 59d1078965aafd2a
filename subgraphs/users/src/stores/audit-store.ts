import type { Page } from '@tributary/chassis';
import type { Prisma, PrismaClient } from '@tributary/prisma/users';

const columns = {
  id: true,
  chain: true,
  at: true,
  action: true,
  actorKind: true,
  actorId: true,
  targetType: true,
  targetId: true,
  address: true,
  agent: true,
  requestId: true,
  before: true,
  after: true,
} as const satisfies Prisma.AuditEntrySelect;

const linkColumns = { ...columns, sequence: true, hash: true } as const;

export type AuditEntryRow = Prisma.AuditEntryGetPayload<{ select: typeof columns }>;
export type AuditLink = Prisma.AuditEntryGetPayload<{ select: typeof linkColumns }>;

export interface AuditFilter {
  actions?: readonly string[] | null | undefined;
  actorId?: string | null | undefined;
  targetId?: string | null | undefined;
  from?: Date | null | undefined;
  until?: Date | null | undefined;
}

export type AuditStore = ReturnType<typeof createAuditStore>;

export function createAuditStore({ prisma }: { prisma: PrismaClient }) {
  return {
    /** A page of what fits the filter, the newest first. */
    list(chain: string, filter: AuditFilter, page: Page): Promise<AuditEntryRow[]> {
      return prisma.auditEntry.findMany({
        select: columns,
        where: { chain, AND: [toWhere(filter), before(page)] },
        orderBy: [{ at: 'desc' }, { id: 'desc' }],
        take: page.limit,
      });
    },
    /** Links in the order of the chain, after a number. */
    links(chain: string, after: bigint, limit: number): Promise<AuditLink[]> {
      return prisma.auditEntry.findMany({
        select: linkColumns,
        where: { chain, sequence: { gt: after } },
        orderBy: { sequence: 'asc' },
        take: limit,
      });
    },
    /** What the newest link has to be; undefined for a chain without entries. */
    async head(chain: string): Promise<{ sequence: bigint; hash: string } | undefined> {
      const select = { sequence: true, hash: true };
      return (await prisma.auditChain.findUnique({ select, where: { chain } })) ?? undefined;
    },
  };
}

function toWhere({ actions, actorId, targetId, from, until }: AuditFilter) {
  return {
    ...(actions && { action: { in: [...actions] } }),
    ...(actorId && { actorId }),
    ...(targetId && { targetId }),
    at: { ...(from && { gte: from }), ...(until && { lt: until }) },
  };
}

function before({ after: cursor }: Page): Prisma.AuditEntryWhereInput {
  if (!cursor) return {};
  const { time, id } = cursor;
  return { at: { lte: time }, OR: [{ at: { lt: time } }, { id: { lt: id } }] };
}
