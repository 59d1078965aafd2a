/** The way into a workspace: by a link that was mailed to an address, for the account of that address. */
import { authorise, authoriseUser, type Principal, type UserPrincipal } from '@tributary/chassis';
import { TributaryError } from '@tributary/errors';
import type { Role } from '@tributary/prisma/users';
import { v7 as uuid } from 'uuid';
import { mailRequestedMessage } from '../announce/mail-requested.ts';
import { maskEmail } from '../audit/mask.ts';
import { newSecret } from '../credentials/secret.ts';
import type { Mails } from '../mail/mails.ts';
import type { Origin } from '../origin.ts';
import { type GrantedRole, roleFacts, roleName } from '../roles/scopes-of.ts';
import type { AccountStore } from '../stores/account-store.ts';
import {
  type InvitationRow,
  type InvitationStore,
  insertInvitation,
  takeInvitation,
  withdrawInvitation,
} from '../stores/invitation-store.ts';
import type { Journal } from '../stores/journal.ts';
import { findMember, lockWorkspace } from '../stores/member-changes.ts';
import type { MembershipRow } from '../stores/membership-row.ts';
import { findGrant, type RoleChoice } from './find-grant.ts';
import { joinWorkspace } from './join-workspace.ts';
import { assertHolds } from './members.ts';
import { inWorkspace } from './notes.ts';
import type { OwnAccount } from './own-account.ts';
import { goodFor, lifetimes } from './token-lifetimes.ts';

/** What somebody who has the link may know before they accept. */
export interface InvitationPreview {
  workspaceName: string;
  email: string;
  role: Role;
  /** As people call it. */
  roleName: string;
  expiresAt: Date;
}

export interface Invitations {
  /** Mails a link, and answers it to hand on by other means. @throws FORBIDDEN above the own role. */
  invite(
    principal: Principal,
    input: RoleChoice & { email: string },
    origin: Origin,
  ): Promise<{ invitation: InvitationRow; link: string }>;
  list(principal: Principal, workspace: string): Promise<InvitationRow[]>;
  withdraw(principal: Principal, id: string, origin: Origin): Promise<void>;
  /** Null for a link that is over. */
  preview(secret: string): Promise<InvitationPreview | null>;
  /** For the person whose address was invited. @throws NOT_FOUND for everybody else. */
  accept(principal: Principal, secret: string, origin: Origin): Promise<MembershipRow>;
}

export interface InvitationsDependencies {
  accounts: AccountStore;
  ownAccount: OwnAccount;
  invitations: InvitationStore;
  journal: Journal;
  mails: Mails;
  nameOf: (workspace: string) => Promise<string>;
}

export function createInvitations(dependencies: InvitationsDependencies): Invitations {
  return { ...createInviting(dependencies), ...createAccepting(dependencies) };
}

function createInviting(
  dependencies: InvitationsDependencies,
): Pick<Invitations, 'invite' | 'withdraw'> {
  const { accounts, ownAccount, journal, mails, nameOf } = dependencies;
  return {
    async invite(given, { email, ...choice }, origin) {
      const actor = authoriseUser(given, 'member.invite');
      const { workspace, subject } = actor;
      const { name: inviter } = await ownAccount(given);
      const secret = newSecret();
      const workspaceName = await nameOf(workspace);
      return journal.commit(async (client) => {
        await lockWorkspace(client, workspace);
        const granted = await findGrant(client, workspace, choice);
        const member = await findMember(client, workspace, { userId: subject });
        assertHolds(member ?? nobody, granted);
        const invitation = { ...newInvitation(actor, email), ...granted };
        await insertInvitation(client, invitation, secret);
        const invited = { workspace: workspaceName, inviter, role: roleName(granted) };
        const text = mails.invitation(invited, secret, invitation.expiresAt);
        const reader = (await accounts.findByEmail(email, client)) ?? { id: null, email, name: '' };
        const target = { type: 'Invitation', id: invitation.id };
        const entry = inWorkspace('member.invited', actor, target, origin);
        return {
          ...{ invitation, link: text.link?.url ?? '' },
          audit: [{ ...entry, after: { email: maskEmail(email), ...roleFacts(granted) } }],
          messages: [mailRequestedMessage(reader, workspace, text)],
        };
      });
    },

    async withdraw(given, id, origin) {
      const actor = authoriseUser(given, 'member.invite');
      await journal.commit(async (client) => {
        const withdrawn = await withdrawInvitation(client, actor.workspace, id);
        if (!withdrawn)
          throw new TributaryError('NOT_FOUND', 'There is no such invitation.', ['id']);
        const target = { type: 'Invitation', id };
        return { audit: [inWorkspace('member.invitationWithdrawn', actor, target, origin)] };
      });
    },
  };
}

/** Somebody who left meanwhile gives nothing. */
const nobody: GrantedRole = { role: 'CUSTOM', customRole: null };

function newInvitation({ workspace, subject }: UserPrincipal, email: string) {
  return {
    ...{ id: uuid(), workspaceId: workspace, email, invitedById: subject },
    ...{ createdAt: new Date(), expiresAt: goodFor(lifetimes.invitation) },
  };
}

function createAccepting(
  dependencies: InvitationsDependencies,
): Pick<Invitations, 'list' | 'preview' | 'accept'> {
  const { ownAccount, invitations, journal, nameOf } = dependencies;
  return {
    async list(principal, workspace) {
      const known = authorise(principal, 'member.read');
      if (known.workspace !== workspace) {
        throw new TributaryError('FORBIDDEN', 'Switch to this workspace to see its invitations.');
      }
      return invitations.listOpen(workspace);
    },

    async preview(secret) {
      const found = await invitations.findOpen(secret);
      if (!found) return null;
      const workspaceName = await nameOf(found.workspaceId);
      return { ...found, workspaceName, roleName: roleName(found) };
    },

    async accept(principal, secret, origin) {
      const account = await ownAccount(principal);
      const { member } = await journal.commit(async (client) => {
        const invitation = await takeInvitation(client, secret, account.email);
        if (!invitation) throw notInvited();
        const { workspaceId: workspace } = invitation;
        await lockWorkspace(client, workspace);
        const joined = await joinWorkspace(client, account, { ...invitation, workspace });
        const actor = { workspace, subject: account.id };
        const target = { type: 'User', id: account.id };
        const entry = inWorkspace('member.joined', actor, target, origin);
        return { ...joined, audit: [{ ...entry, after: roleFacts(invitation) }] };
      });
      return member;
    },
  };
}

function notInvited(): TributaryError {
  const message = 'This invitation is over, or for another address than that of your account.';
  return new TributaryError('NOT_FOUND', message, ['input', 'token']);
}
