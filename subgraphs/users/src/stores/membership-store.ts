import type { Page } from '@tributary/chassis';
import type { PrismaClient } from '@tributary/prisma/users';
import type { Pool } from 'pg';
import { type MembershipRow, memberColumns } from './membership-row.ts';

export interface MembershipStore {
  findByIds(workspace: string, ids: readonly string[]): Promise<MembershipRow[]>;
  /** The users' memberships of the workspace, and all of the viewer's own; oldest first. */
  findByUsers(
    workspace: string,
    viewer: string,
    users: readonly string[],
  ): Promise<MembershipRow[]>;
  /** A page of the workspace's members, oldest first. */
  list(workspace: string, page: Page): Promise<MembershipRow[]>;
  /** All workspaces of an account that is signing in and speaks for none yet; oldest first. */
  findOfAccount(userId: string): Promise<MembershipRow[]>;
}

const columns = {
  id: true,
  userId: true,
  workspaceId: true,
  role: true,
  joinedAt: true,
  customRole: { select: { id: true, name: true, scopes: true } },
} as const;
const oldestFirst = [{ joinedAt: 'asc' }, { id: 'asc' }] as const;

export function createMembershipStore(options: {
  prisma: PrismaClient;
  pool: Pool;
}): MembershipStore {
  const { prisma, pool } = options;
  return {
    findByIds: (workspaceId, ids) =>
      prisma.membership.findMany({ select: columns, where: { workspaceId, id: { in: [...ids] } } }),
    findByUsers: (workspaceId, viewer, users) =>
      prisma.membership.findMany({
        select: columns,
        where: { userId: { in: [...users] }, OR: [{ workspaceId }, { userId: viewer }] },
        orderBy: [...oldestFirst],
      }),
    list: (workspaceId, page) =>
      prisma.membership.findMany({
        select: columns,
        where: { workspaceId, ...afterCursor(page) },
        orderBy: [...oldestFirst],
        take: page.limit,
      }),
    // Each sign-in and refresh asks: Prisma would look for custom roles where there are none.
    async findOfAccount(userId) {
      const { rows } = await pool.query<MembershipRow>({
        name: 'memberships-of-account',
        text: `SELECT ${memberColumns} FROM membership WHERE user_id = $1 ORDER BY joined_at, id`,
        values: [userId],
      });
      return rows;
    },
  };
}

/** The bound on `joinedAt` alone is redundant, and what lets PostgreSQL start inside the index. */
function afterCursor({ after }: Page) {
  if (!after) return {};
  const { time, id } = after;
  return {
    joinedAt: { gte: time },
    OR: [{ joinedAt: { gt: time } }, { id: { gt: id } }],
  };
}
