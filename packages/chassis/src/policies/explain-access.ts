import type { Action } from '../authorise.ts';
import { scopeOf } from '../authorise.ts';
import type { Principal } from '../principal.ts';
import { factsOf, type Resource } from './facts.ts';
import { policiesAtHand } from './request-policies.ts';

/** One thing that an action asks for. */
export interface AccessCheck {
  kind: 'SCOPE' | 'POLICY';
  name: string;
  isMet: boolean;
  /** What is said to whoever does not meet it. */
  otherwise: string;
}

export interface AccessExplanation {
  isAllowed: boolean;
  checks: AccessCheck[];
}

/** What `authorise` would decide, check by check. */
export function explainAccess(
  principal: Principal,
  action: Action,
  resource?: Resource,
): AccessExplanation {
  const { policies, circumstances } = policiesAtHand();
  const facts = factsOf(principal, circumstances, resource);
  const scope = scopeOf(action);
  const checks: AccessCheck[] = [
    {
      kind: 'SCOPE',
      name: scope,
      isMet: facts.principal.scopes.includes(scope),
      otherwise: `This needs the scope ${scope}.`,
    },
    ...policies.ofAction(action).map(({ name, otherwise }): AccessCheck => {
      return { kind: 'POLICY', name, isMet: policies.isMet(name, facts), otherwise };
    }),
  ];
  return { isAllowed: checks.every(({ isMet }) => isMet), checks };
}
