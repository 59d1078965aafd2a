import type { Role } from '../../generated/graphql.ts';
import type { GrantedRole } from './describe-role.ts';

const builtIn = ['VIEWER', 'EDITOR', 'ADMIN', 'OWNER'] as const satisfies readonly Role[];

interface CustomRole {
  id: string;
  name: string;
}

/** What a select offers: the roles that every workspace has, then its own by their ids. */
export function roleOptions(customRoles: readonly CustomRole[]) {
  return [
    ...builtIn.map((role) => ({
      value: role,
      label: role.charAt(0) + role.slice(1).toLowerCase(),
    })),
    ...customRoles.map(({ id, name }) => ({ value: id, label: name })),
  ];
}

export const roleValue = ({ role, customRole }: GrantedRole): string => customRole?.id ?? role;

/** What was chosen, as mutations take it. */
export function toRoleChoice(value: string): { role: Role; customRoleId?: string } {
  const role = builtIn.find((name) => name === value);
  return role ? { role } : { role: 'CUSTOM', customRoleId: value };
}
