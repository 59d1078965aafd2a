/** The way into a workspace: by a link that was mailed to an address, for the account of that address. */
import { authorise, authoriseUser, type Principal } from '@tributary/chassis';
import { TributaryError } from '@tributary/errors';
import type { Role } from '@tributary/prisma/users';
import { v7 as uuid } from 'uuid';
import { mailRequestedMessage } from '../announce/mail-requested.ts';
import { newSecret } from '../credentials/secret.ts';
import type { Mails } from '../mail/mails.ts';
import type { Origin } from '../origin.ts';
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
import type { MembershipRow } from '../stores/membership-store.ts';
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
  expiresAt: Date;
}

export interface Invitations {
  /** Mails a link, and answers it to hand on by other means. @throws FORBIDDEN above the own role. */
  invite(
    principal: Principal,
    input: { email: string; role: Role },
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
): Pick<Invitations, 'invite' | 'list' | 'withdraw'> {
  const { accounts, ownAccount, invitations, journal, mails, nameOf } = dependencies;
  return {
    async invite(given, { email, role }, origin) {
      const actor = authoriseUser(given, 'member.invite');
      const { workspace, subject } = actor;
      const { name: inviter } = await ownAccount(given);
      const secret = newSecret();
      const expiresAt = goodFor(lifetimes.invitation);
      const invitation = {
        ...{ id: uuid(), workspaceId: workspace, email, role, invitedById: subject },
        ...{ createdAt: new Date(), expiresAt },
      };
      const invited = { workspace: await nameOf(workspace), inviter, role };
      const text = mails.invitation(invited, secret, expiresAt);
      await journal.commit(async (client) => {
        const member = await findMember(client, workspace, { userId: subject });
        assertHolds(member?.role ?? 'VIEWER', role);
        await insertInvitation(client, invitation, secret);
        const reader = (await accounts.findByEmail(email, client)) ?? { id: null, email, name: '' };
        const target = { type: 'Invitation', id: invitation.id };
        const entry = inWorkspace('member.invited', actor, target, origin);
        return {
          audit: [{ ...entry, after: { email, role } }],
          messages: [mailRequestedMessage(reader, workspace, text)],
        };
      });
      return { invitation, link: text.link?.url ?? '' };
    },

    async list(principal, workspace) {
      const known = authorise(principal, 'member.read');
      if (known.workspace !== workspace) {
        throw new TributaryError('FORBIDDEN', 'Switch to this workspace to see its invitations.');
      }
      return invitations.listOpen(workspace);
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

function createAccepting(
  dependencies: InvitationsDependencies,
): Pick<Invitations, 'preview' | 'accept'> {
  const { ownAccount, invitations, journal, nameOf } = dependencies;
  return {
    async preview(secret) {
      const found = await invitations.findOpen(secret);
      if (!found) return null;
      return { ...found, workspaceName: await nameOf(found.workspaceId) };
    },

    async accept(principal, secret, origin) {
      const account = await ownAccount(principal);
      const { member } = await journal.commit(async (client) => {
        const invitation = await takeInvitation(client, secret, account.email);
        if (!invitation) throw notInvited();
        const { workspaceId: workspace, role } = invitation;
        await lockWorkspace(client, workspace);
        const joined = await joinWorkspace(client, account, { workspace, role });
        const actor = { workspace, subject: account.id };
        const target = { type: 'User', id: account.id };
        const entry = inWorkspace('member.joined', actor, target, origin);
        return { ...joined, audit: [{ ...entry, after: { role } }] };
      });
      return member;
    },
  };
}

function notInvited(): TributaryError {
  const message = 'This invitation is over, or for another address than that of your account.';
  return new TributaryError('NOT_FOUND', message, ['input', 'token']);
}
