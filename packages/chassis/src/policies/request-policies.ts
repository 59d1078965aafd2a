/**
 * The policies in force and where the request at hand came from, for whatever is decided while it is
 * answered: services ask for the action alone.
 */
import { AsyncLocalStorage } from 'node:async_hooks';
import type { Circumstances } from './facts.ts';
import { builtInPolicies, type PolicySet } from './policy-set.ts';

interface RequestPolicies {
  policies: PolicySet;
  address: string;
}

const current = new AsyncLocalStorage<RequestPolicies>();

export function withPolicies<Result>(request: RequestPolicies, run: () => Result): Result {
  return current.run(request, run);
}

/** Outside of any request ours are in force, and no address is known. */
export function policiesAtHand(): { policies: PolicySet; circumstances: Circumstances } {
  const { policies, address } = current.getStore() ?? { policies: builtInPolicies, address: '' };
  return { policies, circumstances: { address, at: new Date() } };
}
