import type { Role } from '../../generated/graphql.ts';

export interface GrantedRole {
  role: Role;
  customRole?: { id: string; name: string } | null;
}

/** As people call it. */
export const describeRole = ({ role, customRole }: GrantedRole): string =>
  customRole?.name ?? role.toLowerCase();
