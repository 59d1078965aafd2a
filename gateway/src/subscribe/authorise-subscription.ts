import { type Principal, requireUser } from '@tributary/chassis';
import { TributaryError } from '@tributary/errors';
import type { AccessRequirement } from '../supergraph/access-requirements.ts';

/**
 * Holds the principal to what the schema asks for every selected field. Strict: one field beyond the
 * principal's scopes refuses the subscription, since a message's fields pass no subgraph's check.
 * @throws UNAUTHENTICATED, or FORBIDDEN naming the scopes.
 */
export function authoriseSubscription(
  principal: Principal,
  requirements: readonly AccessRequirement[],
): void {
  for (const { scopes: groups } of requirements) {
    const granted: readonly string[] = requireUser(principal).scopes;
    if (groups.length === 0) continue;
    if (groups.some((group) => group.every((scope) => granted.includes(scope)))) continue;
    const needed = groups.map((group) => group.join(' and ')).join(', or ');
    throw new TributaryError('FORBIDDEN', `This needs the scope ${needed}.`);
  }
}
