import type { Principal } from './principal.ts';

const keys = new WeakMap<Principal, string>();

/**
 * The same text for principals that are the same in every respect: what is kept or shared by it never
 * crosses from one to another. Verified principals are kept, so that each is written out once.
 */
export function principalKey(principal: Principal): string {
  const known = keys.get(principal);
  if (known !== undefined) return known;
  const key = JSON.stringify(principal);
  keys.set(principal, key);
  return key;
}
