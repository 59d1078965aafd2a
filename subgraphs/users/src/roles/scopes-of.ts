import { type Scope, scopes } from '@tributary/chassis';
import type { Role } from '@tributary/prisma/users';

const viewer = ['read:members', 'read:pipelines', 'read:analytics', 'read:alerts'] as const;
const editor = [...viewer, 'write:pipelines', 'write:analytics', 'write:alerts'] as const;
const admin = [...editor, 'write:members', 'read:audit', 'read:clients', 'write:clients'] as const;

/** What each role may do; it holds every scope of the roles below it. */
const scopesByRole = {
  VIEWER: viewer,
  EDITOR: editor,
  ADMIN: admin,
  OWNER: scopes,
} as const satisfies Record<Role, readonly Scope[]>;

export const scopesOf = (role: Role): readonly Scope[] => scopesByRole[role];
