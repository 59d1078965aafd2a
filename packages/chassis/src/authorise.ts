import { TributaryError } from '@tributary/errors';
import type { Principal, Scope, UserPrincipal } from './principal.ts';

/** Everything a service function does on somebody's behalf, and the scope it takes. */
const actions = {
  'member.read': 'read:members',
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

/**
 * The signed-in principal, if it may do this in its own workspace. Called before any read or write.
 * @throws UNAUTHENTICATED for anonymous principals, FORBIDDEN without the scope.
 */
export function authorise(principal: Principal, action: Action): UserPrincipal {
  const user = requireUser(principal);
  const scope = actions[action];
  if (!user.scopes.includes(scope)) {
    throw new TributaryError('FORBIDDEN', `This needs the scope ${scope}.`);
  }
  return user;
}

/** @throws UNAUTHENTICATED for anonymous principals. */
export function requireUser(principal: Principal): UserPrincipal {
  if (principal.kind === 'user') return principal;
  throw new TributaryError(
    'UNAUTHENTICATED',
    'Sign in first: send `Authorization: Bearer <access token>`.',
  );
}
