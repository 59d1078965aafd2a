import { TributaryError } from '@tributary/errors';
import type { KnownPrincipal, Principal, Scope, UserPrincipal } from './principal.ts';

/** Everything a service function does on somebody's behalf, and the scope it takes. */
const actions = {
  'member.read': 'read:members',
  'member.invite': 'write:members',
  'member.change': 'write:members',
  'role.change': 'write:members',
  'workspace.change': 'write:workspace',
  'audit.read': 'read:audit',
  'apiClient.read': 'read:clients',
  'apiClient.change': 'write:clients',
  'source.read': 'read:pipelines',
  'source.create': 'write:pipelines',
  'event.send': 'write:pipelines',
  'eventType.read': 'read:pipelines',
  'eventType.register': 'write:pipelines',
  'lookupTable.read': 'read:pipelines',
  'lookupTable.put': 'write:pipelines',
  'pipeline.read': 'read:pipelines',
  'pipeline.publish': 'write:pipelines',
  'deadLetter.read': 'read:pipelines',
  'deadLetter.replay': 'write:pipelines',
  'metric.read': 'read:analytics',
  'metric.rebuild': 'write:analytics',
  'metric.create': 'write:analytics',
  'dashboard.read': 'read:analytics',
  'dashboard.create': 'write:analytics',
  'alert.read': 'read:alerts',
  'alertRule.create': 'write:alerts',
} as const satisfies Record<string, Scope>;

export type Action = keyof typeof actions;

/** Actions that change who may do what: only for people, and only with a fresh second factor. */
const administrative: ReadonlySet<Action> = new Set<Action>([
  'member.invite',
  'member.change',
  'role.change',
  'workspace.change',
  'apiClient.change',
]);

/** How long a second factor counts as fresh. */
export const freshMfaSeconds = 15 * 60;

/**
 * The signed-in principal, if it may do this in its own workspace. Called before any read or write.
 * @throws UNAUTHENTICATED for anonymous principals, FORBIDDEN without the scope, MFA_REQUIRED when
 * the action is administrative and the person's second factor was shown too long ago.
 */
export function authorise(principal: Principal, action: Action): KnownPrincipal {
  const known = requireKnown(principal);
  const scope = actions[action];
  if (!known.scopes.includes(scope)) {
    throw new TributaryError('FORBIDDEN', `This needs the scope ${scope}.`);
  }
  if (administrative.has(action)) requireFreshMfa(requireUser(principal));
  return known;
}

/** As `authorise`, for what only people do. @throws FORBIDDEN for API clients besides. */
export function authoriseUser(principal: Principal, action: Action): UserPrincipal {
  authorise(principal, action);
  return requireUser(principal);
}

/** @throws MFA_REQUIRED when the person has a second factor and last showed it over 15 minutes ago. */
export function requireFreshMfa({ mfaAt }: UserPrincipal): void {
  if (mfaAt === undefined || mfaAt >= Date.now() / 1000 - freshMfaSeconds) return;
  throw new TributaryError(
    'MFA_REQUIRED',
    'Confirm it is you: this needs your second factor, shown within the last 15 minutes.',
  );
}

/** A person or an API client. @throws UNAUTHENTICATED for anonymous principals. */
export function requireKnown(principal: Principal): KnownPrincipal {
  if (principal.kind !== 'anonymous') return principal;
  throw new TributaryError(
    'UNAUTHENTICATED',
    'Sign in first: send `Authorization: Bearer <access token>`.',
  );
}

/** A person. @throws UNAUTHENTICATED for anonymous principals, FORBIDDEN for API clients. */
export function requireUser(principal: Principal): UserPrincipal {
  const known = requireKnown(principal);
  if (known.kind === 'user') return known;
  throw new TributaryError('FORBIDDEN', 'This is for people; an API key does not open it.');
}
