import { TributaryError } from '@tributary/errors';
import { factsOf, type Resource } from './policies/facts.ts';
import { policiesAtHand } from './policies/request-policies.ts';
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
  'source.change': 'write:pipelines',
  'event.send': 'write:pipelines',
  'eventType.read': 'read:pipelines',
  'eventType.register': 'write:pipelines',
  'lookupTable.read': 'read:pipelines',
  'lookupTable.put': 'write:pipelines',
  'pipeline.read': 'read:pipelines',
  'pipeline.publish': 'write:pipelines',
  'deadLetter.read': 'read:pipelines',
  'deadLetter.replay': 'write:pipelines',
  'import.read': 'read:pipelines',
  'import.change': 'write:pipelines',
  'event.export': 'read:analytics',
  'metric.read': 'read:analytics',
  'metric.rebuild': 'write:analytics',
  'metric.create': 'write:analytics',
  'metric.change': 'write:analytics',
  'metric.delete': 'write:analytics',
  'dashboard.read': 'read:analytics',
  'dashboard.create': 'write:analytics',
  'dashboard.change': 'write:analytics',
  'dashboard.delete': 'write:analytics',
  'alert.read': 'read:alerts',
  'alertRule.create': 'write:alerts',
  'alertRule.delete': 'write:alerts',
} as const satisfies Record<string, Scope>;

export type Action = keyof typeof actions;

export const isAction = (name: string): name is Action => Object.hasOwn(actions, name);

/** The scope that an action takes. */
export const scopeOf = (action: Action): Scope => actions[action];

/**
 * The signed-in principal, if it may do this in its own workspace: it holds the scope, and meets
 * every policy that the action asks for. Called before any read or write of the resource.
 * @throws UNAUTHENTICATED for anonymous principals, FORBIDDEN without the scope, and what the first
 * policy says that is not met: FORBIDDEN, or MFA_REQUIRED where showing the second factor helps.
 */
export function authorise(
  principal: Principal,
  action: Action,
  resource?: Resource,
): KnownPrincipal {
  const known = requireKnown(principal);
  const scope = actions[action];
  if (!known.scopes.includes(scope)) {
    throw new TributaryError('FORBIDDEN', `This needs the scope ${scope}.`);
  }
  const { policies, circumstances } = policiesAtHand();
  const asked = policies.ofAction(action);
  if (asked.length === 0) return known;
  const facts = factsOf(principal, circumstances, resource);
  const unmet = asked.find(({ name }) => !policies.isMet(name, facts));
  if (unmet) throw new TributaryError(unmet.code, unmet.otherwise);
  return known;
}

/** As `authorise`, for what each of several actions opens: by the first whose scope is held. */
export function authoriseAny(
  principal: Principal,
  [first, ...others]: readonly [Action, ...Action[]],
): KnownPrincipal {
  const { scopes } = requireKnown(principal);
  const held = [first, ...others].find((action) => scopes.includes(actions[action]));
  return authorise(principal, held ?? first);
}

/** As `authorise`, for what only people do. @throws FORBIDDEN for API clients besides. */
export function authoriseUser(
  principal: Principal,
  action: Action,
  resource?: Resource,
): UserPrincipal {
  authorise(principal, action, resource);
  return requireUser(principal);
}

/** Whether a policy is met, for what no action of the table stands for. */
export function meetsPolicy(principal: Principal, name: string, resource?: Resource): boolean {
  const { policies, circumstances } = policiesAtHand();
  return policies.isMet(name, factsOf(principal, circumstances, resource));
}

/** @throws MFA_REQUIRED when the person has a second factor and last showed it over 15 minutes ago. */
export function requireFreshMfa(principal: UserPrincipal): void {
  if (meetsPolicy(principal, 'fresh-second-factor')) return;
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
