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
  'read:audit',
  'read:clients',
  'write:clients',
  'write:workspace',
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
  /** The session that the access token belongs to. */
  session?: string | undefined;
  /**
   * When the person last showed a second factor, in seconds since the epoch.
   * Absent when they have none: signing in is not possible without it once they do.
   */
  mfaAt?: number | undefined;
}

/** A partner's program, speaking for the workspace that gave it a key. */
export interface ClientPrincipal {
  kind: 'client';
  /** The API client's id. */
  subject: string;
  workspace: string;
  scopes: readonly Scope[];
  /** The API key's id. */
  key: string;
}

/** Whoever may be granted scopes in a workspace. */
export type KnownPrincipal = UserPrincipal | ClientPrincipal;

export type Principal = AnonymousPrincipal | KnownPrincipal;
