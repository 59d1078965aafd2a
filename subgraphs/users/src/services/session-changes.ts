/** Changes of a session that goes on, each with a token that says so. */
import { type Principal, requireUser, type UserPrincipal } from '@tributary/chassis';
import { TributaryError } from '@tributary/errors';
import type { Origin } from '../origin.ts';
import type { SessionStore } from '../sessions/session-store.ts';
import type { Journal } from '../stores/journal.ts';
import type { MembershipRow } from '../stores/membership-row.ts';
import type { MembershipStore } from '../stores/membership-store.ts';
import { findOwnSession } from './find-own-session.ts';
import type { IssueSession, OpenSession } from './session-issue.ts';
import { sessionEntry } from './session-notes.ts';

export interface SessionChanges {
  /** A token for another of the person's workspaces. @throws NOT_FOUND. */
  switchWorkspace(principal: Principal, workspace: string, origin: Origin): Promise<OpenSession>;
  /** A token that says when the second factor was shown. */
  noteMfa(principal: UserPrincipal, at: Date): Promise<OpenSession>;
  /** For a person who has no second factor any more: next tokens speak of none. */
  forgetMfa(subject: string): Promise<void>;
}

export interface SessionChangesDependencies {
  sessions: SessionStore;
  memberships: MembershipStore;
  issue: IssueSession;
  journal: Journal;
}

export function createSessionChanges(dependencies: SessionChangesDependencies): SessionChanges {
  const { sessions, memberships, issue, journal } = dependencies;

  async function membershipIn(workspace: string, subject: string): Promise<MembershipRow> {
    const joined = await memberships.findOfAccount(subject);
    const membership = joined.find(({ workspaceId }) => workspaceId === workspace);
    if (membership) return membership;
    const message = 'You do not belong to such a workspace.';
    throw new TributaryError('NOT_FOUND', message, ['input', 'workspaceId']);
  }

  return {
    async switchWorkspace(given, workspace, origin) {
      const principal = requireUser(given);
      const session = await findOwnSession(sessions, principal, principal.session);
      const membership = await membershipIn(workspace, principal.subject);
      await sessions.switchWorkspace(session.id, workspace);
      const switched = { ...session, workspace };
      await journal.note({ audit: [sessionEntry('workspace.switched', switched, origin)] });
      return issue(membership, switched);
    },

    async noteMfa(principal, at) {
      const session = await findOwnSession(sessions, principal, principal.session);
      await sessions.noteMfa(session.id, at);
      const membership = await membershipIn(principal.workspace, principal.subject);
      return issue(membership, { ...session, mfaAt: at });
    },

    async forgetMfa(subject) {
      for (const { id } of await sessions.list(subject)) await sessions.forgetMfa(id);
    },
  };
}
