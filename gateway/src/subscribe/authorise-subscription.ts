import { type Principal, requireUser } from '@tributary/chassis';
import { TributaryError } from '@tributary/errors';
import { describeRequirement } from '../operations/authorization/denied-reason.ts';
import { isMet } from '../operations/authorization/is-met.ts';
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
  for (const requirement of requirements) {
    const { scopes } = requireUser(principal);
    if (isMet(requirement, { authenticated: true, scopes, policies: [] })) continue;
    throw new TributaryError('FORBIDDEN', `This needs ${describeRequirement(requirement)}.`);
  }
}
