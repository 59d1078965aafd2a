import type { AccessRequirement } from '../../supergraph/access-requirement.ts';

interface Holder {
  includes(name: string): boolean;
}

/** What a principal brings. */
export interface AccessClaims {
  authenticated: boolean;
  scopes: readonly string[];
  policies: Holder;
}

/**
 * Scopes are a signed-in principal's; policies may be granted to somebody anonymous too.
 * Of no groups none can be met. Allocates nothing: it runs for every request.
 */
export function isMet(requirement: AccessRequirement, claims: AccessClaims): boolean {
  switch (requirement.kind) {
    case 'authenticated':
      return claims.authenticated;
    case 'scopes':
      return claims.authenticated && holdsAnyOf(requirement.anyOf, claims.scopes);
    case 'policies':
      return holdsAnyOf(requirement.anyOf, claims.policies);
  }
}

function holdsAnyOf(groups: readonly (readonly string[])[], held: Holder): boolean {
  for (const group of groups) if (holdsAll(group, held)) return true;
  return false;
}

function holdsAll(group: readonly string[], held: Holder): boolean {
  for (const name of group) if (!held.includes(name)) return false;
  return true;
}
