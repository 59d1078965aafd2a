/** Workspaces and the way into them. */
import { authorise, authoriseUser, type Principal, requireUser } from '@tributary/chassis';
import { TributaryError } from '@tributary/errors';
import type { Role } from '@tributary/prisma/users';
import type { PoolClient } from 'pg';
import { v7 as uuid } from 'uuid';
import { mailRequestedMessage } from '../announce/mail-requested.ts';
import { memberChangedMessage } from '../announce/member-changed.ts';
import { type AuditAction, personActor } from '../audit/audit-record.ts';
import { newSecret } from '../credentials/secret.ts';
import type { Mails } from '../mail/mails.ts';
import type { Origin } from '../origin.ts';
import type { AccountRow, AccountStore } from '../stores/account-store.ts';
import {
  type InvitationRow,
  type InvitationStore,
  insertInvitation,
  takeInvitation,
  withdrawInvitation,
} from '../stores/invitation-store.ts';
import type { Journal } from '../stores/journal.ts';
import {
  findMember,
  insertMember,
  insertWorkspaceRow,
  lockWorkspace,
  setWorkspaceName,
} from '../stores/member-changes.ts';
import type { MembershipRow } from '../stores/membership-store.ts';
import type { WorkspaceRow } from '../stores/workspace-store.ts';
import { assertHolds } from './members.ts';
import { goodFor, lifetimes } from './token-lifetimes.ts';

/** What somebody who has the link may know before they accept. */
export interface InvitationPreview {
  workspaceName: string;
  email: string;
  role: Role;
  expiresAt: Date;
}

export interface Workspaces {
  /** A new workspace, which the person owns. */
  create(principal: Principal, name: string, origin: Origin): Promise<WorkspaceRow>;
  rename(principal: Principal, name: string, origin: Origin): Promise<WorkspaceRow>;
  /** Mails a link, and answers it to hand on by other means. @throws FORBIDDEN above the own role. */
  invite(
    principal: Principal,
    input: { email: string; role: Role },
    origin: Origin,
  ): Promise<{ invitation: InvitationRow; link: string }>;
  invitations(principal: Principal, workspace: string): Promise<InvitationRow[]>;
  withdraw(principal: Principal, id: string, origin: Origin): Promise<void>;
  /** Null for a link that is over. */
  preview(secret: string): Promise<InvitationPreview | null>;
  /** For the person whose address was invited. @throws NOT_FOUND for everybody else. */
  accept(principal: Principal, secret: string, origin: Origin): Promise<MembershipRow>;
}

export interface WorkspacesDependencies {
  accounts: AccountStore;
  invitations: InvitationStore;
  journal: Journal;
  mails: Mails;
  nameOf: (workspace: string) => Promise<string>;
}

export function createWorkspaces(dependencies: WorkspacesDependencies): Workspaces {
  const { accounts, invitations, journal, mails, nameOf } = dependencies;

  async function own(principal: Principal): Promise<AccountRow> {
    const account = await accounts.findById(requireUser(principal).subject);
    if (account) return account;
    throw new TributaryError('UNAUTHENTICATED', 'There is no such account any more.');
  }

  /** Adds somebody who is no member yet, and tells others. */
  async function join(client: PoolClient, account: AccountRow, workspace: string, role: Role) {
    const known = await findMember(client, workspace, { userId: account.id });
    if (known) return { member: known, messages: [] };
    const at = new Date();
    const member = { id: uuid(), userId: account.id, workspaceId: workspace, role, joinedAt: at };
    await insertMember(client, member);
    return { member, messages: [memberChangedMessage({ workspace, user: account, at })] };
  }

  return {
    async create(principal, name, origin) {
      const account = await own(principal);
      const workspace = { id: uuid(), name, createdAt: new Date() };
      await journal.commit(async (client) => {
        await insertWorkspaceRow(client, workspace);
        const { messages } = await join(client, account, workspace.id, 'OWNER');
        const target = { type: 'Workspace', id: workspace.id };
        const entry = entryOf('workspace.created', workspace.id, account.id, target, origin);
        return { messages, audit: [{ ...entry, after: { name } }] };
      });
      return workspace;
    },

    async rename(given, name, origin) {
      const { workspace, subject } = authoriseUser(given, 'workspace.change');
      const { row } = await journal.commit(async (client) => {
        const known = await lockWorkspace(client, workspace);
        if (!known) throw new TributaryError('NOT_FOUND', 'There is no such workspace.');
        await setWorkspaceName(client, workspace, name);
        const target = { type: 'Workspace', id: workspace };
        const entry = entryOf('workspace.renamed', workspace, subject, target, origin);
        const change = { before: { name: known.name }, after: { name } };
        return { row: { ...known, name }, audit: [{ ...entry, ...change }] };
      });
      return row;
    },

    async invite(given, { email, role }, origin) {
      const { workspace, subject } = authoriseUser(given, 'member.invite');
      const account = await own(given);
      const secret = newSecret();
      const expiresAt = goodFor(lifetimes.invitation);
      const invitation = {
        ...{ id: uuid(), workspaceId: workspace, email, role, invitedById: subject },
        ...{ createdAt: new Date(), expiresAt },
      };
      const invited = { workspace: await nameOf(workspace), inviter: account.name, role };
      const text = mails.invitation(invited, secret, expiresAt);
      await journal.commit(async (client) => {
        const actor = await findMember(client, workspace, { userId: subject });
        assertHolds(actor?.role ?? 'VIEWER', role);
        await insertInvitation(client, invitation, secret);
        const reader = (await accounts.findByEmail(email, client)) ?? { id: null, email, name: '' };
        const target = { type: 'Invitation', id: invitation.id };
        const entry = entryOf('member.invited', workspace, subject, target, origin);
        return {
          audit: [{ ...entry, after: { email, role } }],
          messages: [mailRequestedMessage(reader, workspace, text)],
        };
      });
      return { invitation, link: text.link?.url ?? '' };
    },

    async invitations(principal, workspace) {
      const known = authorise(principal, 'member.read');
      if (known.workspace !== workspace) {
        throw new TributaryError('FORBIDDEN', 'Switch to this workspace to see its invitations.');
      }
      return invitations.listOpen(workspace);
    },

    async withdraw(given, id, origin) {
      const { workspace, subject } = authoriseUser(given, 'member.invite');
      await journal.commit(async (client) => {
        const withdrawn = await withdrawInvitation(client, workspace, id);
        if (!withdrawn)
          throw new TributaryError('NOT_FOUND', 'There is no such invitation.', ['id']);
        const target = { type: 'Invitation', id };
        return {
          audit: [entryOf('member.invitationWithdrawn', workspace, subject, target, origin)],
        };
      });
    },

    async preview(secret) {
      const found = await invitations.findOpen(secret);
      if (!found) return null;
      return { ...found, workspaceName: await nameOf(found.workspaceId) };
    },

    async accept(principal, secret, origin) {
      const account = await own(principal);
      const { member } = await journal.commit(async (client) => {
        const invitation = await takeInvitation(client, secret, account.email);
        if (!invitation) throw notInvited();
        const { workspaceId, role } = invitation;
        await lockWorkspace(client, workspaceId);
        const joined = await join(client, account, workspaceId, role);
        const target = { type: 'User', id: account.id };
        const entry = entryOf('member.joined', workspaceId, account.id, target, origin);
        return { ...joined, audit: [{ ...entry, after: { role } }] };
      });
      return member;
    },
  };
}

function entryOf(
  action: AuditAction,
  chain: string,
  subject: string,
  target: { type: string; id: string },
  origin: Origin,
) {
  return { chain, action, actor: personActor(subject), target, origin };
}

function notInvited(): TributaryError {
  const message = 'This invitation is over, or for another address than that of your account.';
  return new TributaryError('NOT_FOUND', message, ['input', 'token']);
}
