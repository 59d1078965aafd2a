/** Roles that a workspace names for itself. Nobody defines, changes or deletes one above their own. */
import {
  authorise,
  authoriseUser,
  type Principal,
  type Scope,
  type UserPrincipal,
} from '@tributary/chassis';
import { inputError, TributaryError } from '@tributary/errors';
import type { PoolClient } from 'pg';
import { v7 as uuid } from 'uuid';
import type { Origin } from '../origin.ts';
import { holds, scopesOf } from '../roles/scopes-of.ts';
import type { Revoke } from '../sessions/revoke.ts';
import {
  type CustomRoleRow,
  type CustomRoleStore,
  deleteCustomRole,
  findCustomRole,
  hasRoleNamed,
  putCustomRole,
  usesOfRole,
} from '../stores/custom-role-store.ts';
import type { Journal } from '../stores/journal.ts';
import { findMember, lockWorkspace } from '../stores/member-changes.ts';
import type { MembershipRow } from '../stores/membership-row.ts';
import { inWorkspace } from './notes.ts';

export interface RoleInput {
  name: string;
  scopes: Scope[];
}

export interface CustomRoles {
  /** @throws FORBIDDEN for a workspace that the principal does not speak for. */
  list(principal: Principal, workspace: string): Promise<CustomRoleRow[]>;
  /** @throws InputError for a scope that the person lacks, CONFLICT for a name that is taken. */
  create(principal: Principal, input: RoleInput, origin: Origin): Promise<CustomRoleRow>;
  /** Tokens of whoever has it are revoked. @throws as `create`; NOT_FOUND, FORBIDDEN above the own role. */
  change(
    principal: Principal,
    input: RoleInput & { id: string },
    origin: Origin,
  ): Promise<CustomRoleRow>;
  /** @throws NOT_FOUND, FORBIDDEN above the own role, CONFLICT while somebody has it. */
  remove(principal: Principal, id: string, origin: Origin): Promise<void>;
}

export interface CustomRolesDependencies {
  store: CustomRoleStore;
  journal: Journal;
  revoke: Revoke;
}

export function createCustomRoles({
  store,
  journal,
  revoke,
}: CustomRolesDependencies): CustomRoles {
  return {
    list: async (principal, workspace) => store.list(readable(principal, workspace)),

    async create(given, input, origin) {
      const principal = authoriseUser(given, 'role.change');
      const role = { id: uuid(), ...input };
      await journal.commit(async (client) => {
        const actor = await lockActor(client, principal);
        await putChecked(client, actor, role);
        const entry = inWorkspace('role.created', principal, targetOf(role), origin);
        return { audit: [{ ...entry, after: { ...input } }] };
      });
      return role;
    },

    async change(given, role, origin) {
      const principal = authoriseUser(given, 'role.change');
      const { workspace } = principal;
      const { members } = await journal.commit(async (client) => {
        const actor = await lockActor(client, principal);
        const { name, scopes } = await findOwnOrBelow(client, actor, role.id);
        await putChecked(client, actor, role);
        const { members } = await usesOfRole(client, workspace, role.id);
        const entry = inWorkspace('role.changed', principal, targetOf(role), origin);
        const after = { name: role.name, scopes: role.scopes };
        return { members, audit: [{ ...entry, before: { name, scopes }, after }] };
      });
      for (const subject of members) await revoke({ subject, workspace });
      return role;
    },

    async remove(given, id, origin) {
      const principal = authoriseUser(given, 'role.change');
      await journal.commit(async (client) => {
        const actor = await lockActor(client, principal);
        const { name, scopes } = await findOwnOrBelow(client, actor, id);
        const { members, invitations } = await usesOfRole(client, principal.workspace, id);
        if (members.length + invitations > 0) throw inUse(members.length, invitations);
        await deleteCustomRole(client, principal.workspace, id);
        const entry = inWorkspace('role.deleted', principal, targetOf({ id }), origin);
        return { audit: [{ ...entry, before: { name, scopes } }] };
      });
    },
  };
}

function readable(principal: Principal, workspace: string): string {
  const known = authorise(principal, 'member.read');
  if (known.workspace === workspace) return workspace;
  throw new TributaryError('FORBIDDEN', 'Switch to this workspace to see its roles.');
}

/** With the workspace locked: what the person is there now, whatever their token says. */
async function lockActor(client: PoolClient, principal: UserPrincipal): Promise<MembershipRow> {
  const { workspace, subject } = principal;
  await lockWorkspace(client, workspace);
  const actor = await findMember(client, workspace, { userId: subject });
  if (actor) return actor;
  throw new TributaryError('FORBIDDEN', 'You do not belong to this workspace any more.');
}

async function findOwnOrBelow(
  client: PoolClient,
  actor: MembershipRow,
  id: string,
): Promise<CustomRoleRow> {
  const role = await findCustomRole(client, actor.workspaceId, id);
  if (!role) throw new TributaryError('NOT_FOUND', 'There is no such role.', ['input', 'id']);
  if (holds(actor, { role: 'CUSTOM', customRole: role })) return role;
  throw new TributaryError('FORBIDDEN', 'This role may do more than yours.');
}

async function putChecked(
  client: PoolClient,
  actor: MembershipRow,
  role: RoleInput & { id: string },
): Promise<void> {
  const held = scopesOf(actor);
  const missing = role.scopes.filter((scope) => !held.includes(scope));
  if (missing.length > 0) {
    throw inputError(`you do not hold ${missing.join(', ')} yourself`, ['input', 'scopes']);
  }
  if (await hasRoleNamed(client, actor.workspaceId, role)) {
    const message = 'There is a role of this name already.';
    throw new TributaryError('CONFLICT', message, ['input', 'name']);
  }
  await putCustomRole(client, actor.workspaceId, role);
}

const targetOf = ({ id }: { id: string }) => ({ type: 'CustomRole', id });

function inUse(members: number, invitations: number): TributaryError {
  const uses = `${members} members and ${invitations} open invitations`;
  return new TributaryError('CONFLICT', `The role is that of ${uses}: give them another first.`);
}
