import type { Principal } from '@tributary/chassis';
import type { AccessClaims } from '../operations/authorization/is-met.ts';

const nobody: AccessClaims = { authenticated: false, scopes: [], policies: [] };
const known = new WeakMap<Principal, AccessClaims>();

/** What a principal brings to the schema's requirements. Policies are granted by nothing yet, so that they refuse. */
export function accessClaims(principal: Principal): AccessClaims {
  if (principal.kind === 'anonymous') return nobody;
  const claims = known.get(principal) ?? {
    authenticated: true,
    scopes: principal.scopes,
    policies: [],
  };
  known.set(principal, claims);
  return claims;
}
