import { inputError } from '@tributary/errors';
import type { Role } from '@tributary/prisma/users';
import type { PoolClient } from 'pg';
import { type CustomRoleRow, findCustomRole } from '../stores/custom-role-store.ts';

/** A role as it is asked for: CUSTOM with the id of one, any other without. */
export interface RoleChoice {
  role: Role;
  customRoleId?: string | null | undefined;
}

/** @throws InputError at `customRoleId` for one that is missing, not this workspace's, or too much. */
export async function findGrant(
  client: PoolClient,
  workspace: string,
  { role, customRoleId }: RoleChoice,
): Promise<{ role: Role; customRole: CustomRoleRow | null }> {
  const field = ['input', 'customRoleId'];
  if (role !== 'CUSTOM') {
    if (customRoleId != null) throw inputError('goes with the role CUSTOM only', field);
    return { role, customRole: null };
  }
  const customRole = await findCustomRole(client, workspace, customRoleId ?? '');
  if (customRole) return { role, customRole };
  throw inputError('must be the id of one of the workspace’s custom roles', field);
}
