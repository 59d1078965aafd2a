/** An operation's authorization: its guarded fields, known once; what one principal may not see, per key. */
import type { DocumentNode, FieldNode } from 'graphql';
import type { AccessRequirement } from '../../supergraph/access-requirement.ts';
import { type DeniedReason, deniedReason } from './denied-reason.ts';
import { type Guard, type GuardedOperation, guardedFields } from './guarded-fields.ts';
import { type AccessClaims, isMet } from './is-met.ts';
import { withoutFields } from './without-fields.ts';

export interface RestrictedOperation {
  /** Undefined: nothing is left to fetch. */
  document: DocumentNode | undefined;
  /**
   * The fields of the original document that are not in it, themselves denied; what is beneath
   * them alone is not listed.
   */
  denied: ReadonlyMap<FieldNode, DeniedReason>;
}

export interface OperationAuthorization {
  /**
   * Which of the operation's requirements the principal does not meet, as a short key; '' when all
   * are met. Equal keys restrict alike.
   */
  unmet(claims: AccessClaims): string;
  /** Whether policies decide, so that the same principal may meet more or less of it later. */
  asksPolicies: boolean;
  /**
   * The operation without what is denied. Costs one pass over the document: cache it by key.
   * @throws RangeError, on a key that `unmet` did not give.
   */
  restrict(unmet: string): RestrictedOperation;
}

/** Reads a validated operation once; errors are none. */
export function compileAuthorization(operation: GuardedOperation): OperationAuthorization {
  const { document } = operation;
  const guards = guardedFields(operation);
  const requirements = [
    ...new Set([...guards.values()].flatMap(({ requirements }) => requirements)),
  ];

  return {
    unmet: (claims) => unmetKey(requirements, claims),
    asksPolicies: requirements.some(({ kind }) => kind === 'policies'),
    restrict(key) {
      if (key === '') return { document, denied: new Map() };
      const { authenticated, unmet } = parseKey(key, requirements);
      const denied = deniedFields(guards, unmet, authenticated);
      return { document: withoutFields(document, operation.operation, denied), denied };
    },
  };
}

/** `signed-in` or `anonymous`, and the places of what is unmet; the reason given depends on both. */
function unmetKey(requirements: readonly AccessRequirement[], claims: AccessClaims): string {
  let key = '';
  let place = 0;
  for (const requirement of requirements) {
    if (!isMet(requirement, claims)) key += `,${place}`;
    place += 1;
  }
  if (key === '') return '';
  return (claims.authenticated ? 'signed-in' : 'anonymous') + key;
}

function parseKey(
  key: string,
  requirements: readonly AccessRequirement[],
): { authenticated: boolean; unmet: ReadonlySet<AccessRequirement> } {
  const [who, ...places] = key.split(',');
  const unmet = new Set(
    places.map((place) => {
      const requirement = requirements[Number(place)];
      if (!requirement) throw new RangeError(`No requirement of this operation is meant: ${key}.`);
      return requirement;
    }),
  );
  return { authenticated: who === 'signed-in', unmet };
}

function deniedFields(
  guards: ReadonlyMap<FieldNode, Guard>,
  unmet: ReadonlySet<AccessRequirement>,
  authenticated: boolean,
): ReadonlyMap<FieldNode, DeniedReason> {
  const denied = new Map<FieldNode, DeniedReason>();
  for (const [node, { coordinate, requirements }] of guards) {
    const missing = requirements.filter((requirement) => unmet.has(requirement));
    if (missing.length > 0) denied.set(node, deniedReason(coordinate, missing, authenticated));
  }
  return denied;
}
