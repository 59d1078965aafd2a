/** Who belongs to a workspace and as what. Nobody gives, or takes, a role above their own. */
import { authoriseUser, type Principal, requireUser, type UserPrincipal } from '@tributary/chassis';
import { TributaryError } from '@tributary/errors';
import type { PoolClient } from 'pg';
import { memberChangedMessage } from '../announce/member-changed.ts';
import type { AuditAction } from '../audit/audit-record.ts';
import type { Origin } from '../origin.ts';
import { type GrantedRole, holds, roleFacts, roleName } from '../roles/scopes-of.ts';
import type { Revoke } from '../sessions/revoke.ts';
import type { AccountStore } from '../stores/account-store.ts';
import type { Journal } from '../stores/journal.ts';
import {
  countOwners,
  deleteMember,
  findMember,
  lockWorkspace,
  setRole,
} from '../stores/member-changes.ts';
import type { MembershipRow } from '../stores/membership-row.ts';
import { findGrant, type RoleChoice } from './find-grant.ts';
import { inWorkspace } from './notes.ts';

export interface Members {
  /** @throws NOT_FOUND, FORBIDDEN above the own role, CONFLICT for the last owner. */
  changeRole(
    principal: Principal,
    input: RoleChoice & { membershipId: string },
    origin: Origin,
  ): Promise<MembershipRow>;
  /** @throws as `changeRole`. */
  remove(principal: Principal, membershipId: string, origin: Origin): Promise<void>;
  /** Leaves the workspace the token speaks for. @throws CONFLICT for the last owner. */
  leave(principal: Principal, origin: Origin): Promise<void>;
}

export interface MembersDependencies {
  accounts: AccountStore;
  journal: Journal;
  revoke: Revoke;
}

export function createMembers({ accounts, journal, revoke }: MembersDependencies): Members {
  const revokeTokensOf = ({ userId, workspaceId }: MembershipRow) =>
    revoke({ subject: userId, workspace: workspaceId });

  return {
    async changeRole(given, { membershipId, ...choice }, origin) {
      const principal = authoriseUser(given, 'member.change');
      const { member } = await journal.commit(async (client) => {
        const { actor, member } = await changeable(client, principal, membershipId);
        const granted = await findGrant(client, principal.workspace, choice);
        assertHolds(actor, granted);
        if (granted.role !== 'OWNER') await assertNotLastOwner(client, member);
        await setRole(client, principal.workspace, member.id, granted);
        const entry = memberEntry('member.roleChanged', principal, member, origin);
        const change = { before: roleFacts(member), after: roleFacts(granted) };
        return { member: { ...member, ...granted }, audit: [{ ...entry, ...change }] };
      });
      await revokeTokensOf(member);
      return member;
    },

    async remove(given, membershipId, origin) {
      const principal = authoriseUser(given, 'member.change');
      const { member } = await journal.commit(async (client) => {
        const { member } = await changeable(client, principal, membershipId);
        const messages = await goodbye(accounts, client, member);
        const entry = memberEntry('member.removed', principal, member, origin);
        return { member, messages, audit: [{ ...entry, before: roleFacts(member) }] };
      });
      await revokeTokensOf(member);
    },

    async leave(given, origin) {
      const principal = requireUser(given);
      const { workspace, subject } = principal;
      const { member } = await journal.commit(async (client) => {
        await lockWorkspace(client, workspace);
        const member = await findMember(client, workspace, { userId: subject });
        if (!member) throw new TributaryError('NOT_FOUND', 'You do not belong to it any more.');
        const messages = await goodbye(accounts, client, member);
        return {
          member,
          messages,
          audit: [memberEntry('member.removed', principal, member, origin)],
        };
      });
      await revokeTokensOf(member);
    },
  };
}

/** With the workspace locked: the member, whom the principal may change. */
async function changeable(client: PoolClient, principal: UserPrincipal, id: string) {
  const { workspace, subject } = principal;
  await lockWorkspace(client, workspace);
  const actor = await findMember(client, workspace, { userId: subject });
  const member = await findMember(client, workspace, { id });
  if (!actor || !member) {
    throw new TributaryError('NOT_FOUND', 'There is no such member.', ['input', 'membershipId']);
  }
  assertHolds(actor, member);
  return { actor, member };
}

async function assertNotLastOwner(client: PoolClient, member: MembershipRow): Promise<void> {
  if (member.role !== 'OWNER' || (await countOwners(client, member.workspaceId)) > 1) return;
  throw new TributaryError('CONFLICT', 'A workspace keeps at least one owner: name another first.');
}

/** Takes a member out, and answers what tells others. @throws CONFLICT for the last owner. */
async function goodbye(accounts: AccountStore, client: PoolClient, member: MembershipRow) {
  await assertNotLastOwner(client, member);
  await deleteMember(client, member.workspaceId, member.id);
  const user = await accounts.findById(member.userId, client);
  const workspace = member.workspaceId;
  const left = { workspace, at: new Date(), isMember: false };
  return user ? [memberChangedMessage({ ...left, user })] : [];
}

/** @throws FORBIDDEN when the one who acts may not do all that the role may. */
export function assertHolds(actor: GrantedRole, granted: GrantedRole): void {
  if (holds(actor, granted)) return;
  throw new TributaryError(
    'FORBIDDEN',
    `The role ${roleName(granted)} may do more than yours, ${roleName(actor)}.`,
  );
}

function memberEntry(
  action: AuditAction,
  principal: UserPrincipal,
  { userId }: MembershipRow,
  origin: Origin,
) {
  return inWorkspace(action, principal, { type: 'User', id: userId }, origin);
}
