/** What a principal may do; the closed list. */
export const scopes = [
  'read:members',
  'write:members',
  'read:pipelines',
  'write:pipelines',
  'read:analytics',
  'write:analytics',
  'read:alerts',
  'write:alerts',
] as const;

export type Scope = (typeof scopes)[number];

/** Nobody in particular: may sign up and sign in. */
export interface AnonymousPrincipal {
  kind: 'anonymous';
}

/** A signed-in person, speaking for one workspace. */
export interface UserPrincipal {
  kind: 'user';
  /** The person's id. */
  subject: string;
  workspace: string;
  roles: readonly string[];
  scopes: readonly Scope[];
}

export type Principal = AnonymousPrincipal | UserPrincipal;
