import type { Role } from '@tributary/prisma/users';
import { type CustomRoleRow, customRoleColumn } from './custom-role-store.ts';

export interface MembershipRow {
  id: string;
  userId: string;
  workspaceId: string;
  role: Role;
  /** Set when the role is CUSTOM. */
  customRole: CustomRoleRow | null;
  joinedAt: Date;
}

/** Of a row of `membership`. */
export const memberColumns = `id, user_id AS "userId", workspace_id AS "workspaceId", role, joined_at AS "joinedAt",
  ${customRoleColumn('membership')}`;
