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
} as const satisfies Record<Exclude<Role, 'CUSTOM'>, readonly Scope[]>;

/** What somebody is, or is to be, in a workspace. */
export interface GrantedRole {
  role: Role;
  /** Set when the role is CUSTOM. */
  customRole: { name: string; scopes: readonly string[] } | null;
}

export function scopesOf({ role, customRole }: GrantedRole): readonly Scope[] {
  if (role !== 'CUSTOM') return scopesByRole[role];
  // Scopes of another version of this service are none here.
  return scopes.filter((scope) => customRole?.scopes.includes(scope));
}

/** Whether the first may do all that the second may; owners only are held by owners. */
export function holds(granted: GrantedRole, other: GrantedRole): boolean {
  if (other.role === 'OWNER') return granted.role === 'OWNER';
  const held = scopesOf(granted);
  return scopesOf(other).every((scope) => held.includes(scope));
}

/** As people call it. */
export const roleName = ({ role, customRole }: GrantedRole): string =>
  customRole?.name ?? role.toLowerCase();

/** As the audit log keeps it. */
export const roleFacts = ({ role, customRole }: GrantedRole) => ({
  role,
  ...(customRole && { customRole: customRole.name }),
});
