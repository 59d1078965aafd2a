import type { AccessRequirement, RequirementGroups } from '../../supergraph/access-requirement.ts';

/** Why a field is null; the reader of an answer gets it as an error with the field's path. */
export interface DeniedReason {
  /** UNAUTHENTICATED asks to sign in, which may help; FORBIDDEN is for somebody who has. */
  code: 'UNAUTHENTICATED' | 'FORBIDDEN';
  message: string;
}

/** Names the field as `Type.field` and all that is missing. */
export function deniedReason(
  coordinate: string,
  missing: readonly AccessRequirement[],
  authenticated: boolean,
): DeniedReason {
  const needed = missing.map(describeRequirement).join('; ');
  return {
    code: authenticated ? 'FORBIDDEN' : 'UNAUTHENTICATED',
    message: `${coordinate} needs ${needed}.`,
  };
}

/** As the end of `… needs`. */
export function describeRequirement(requirement: AccessRequirement): string {
  switch (requirement.kind) {
    case 'authenticated':
      return 'somebody signed in';
    case 'scopes':
      return `the scope ${alternatives(requirement.anyOf)}`;
    case 'policies':
      return `the policy ${alternatives(requirement.anyOf)}`;
  }
}

function alternatives(groups: RequirementGroups): string {
  if (groups.length === 0) return 'that nobody has';
  return groups.map((group) => group.join(' and ')).join(', or ');
}
