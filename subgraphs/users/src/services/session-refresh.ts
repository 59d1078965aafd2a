/** What a session's refresh token is good for. Whoever holds it is the session's person. */
import { TributaryError } from '@tributary/errors';
import { unknownActor } from '../audit/audit-record.ts';
import { newSecret } from '../credentials/secret.ts';
import type { Mails } from '../mail/mails.ts';
import type { Origin } from '../origin.ts';
import {
  formatRefreshToken,
  hashRefreshToken,
  parseRefreshToken,
  successorOf,
} from '../sessions/refresh-token.ts';
import type { Revoke } from '../sessions/revoke.ts';
import type { Session } from '../sessions/session.ts';
import type { SessionStore } from '../sessions/session-store.ts';
import type { AccountStore } from '../stores/account-store.ts';
import type { Journal } from '../stores/journal.ts';
import type { MembershipRow } from '../stores/membership-row.ts';
import type { MembershipStore } from '../stores/membership-store.ts';
import { mailTo } from './notes.ts';
import type { FinishSession } from './session-finish.ts';
import type { IssueSession, OpenSession } from './session-issue.ts';
import { sessionEntry, sessionOver } from './session-notes.ts';

export interface RefreshedSession extends OpenSession {
  refreshToken: string;
}

export interface SessionRefresh {
  /** The first refresh token, once and soon after the beginning. @throws CONFLICT afterwards. */
  firstRefreshToken(session: string): Promise<string>;
  /** @throws UNAUTHENTICATED for a token that is not, or no longer, good. */
  refresh(refreshToken: string, origin: Origin): Promise<RefreshedSession>;
  /** Ends the session of a refresh token; does nothing for one that is not good. */
  signOut(refreshToken: string, origin: Origin): Promise<void>;
}

export interface SessionRefreshDependencies {
  sessions: SessionStore;
  memberships: MembershipStore;
  accounts: AccountStore;
  issue: IssueSession;
  finish: FinishSession;
  revoke: Revoke;
  journal: Journal;
  mails: Mails;
  /** What successors of refresh tokens are derived with. */
  rotationKey: Buffer;
}

export function createSessionRefresh(dependencies: SessionRefreshDependencies): SessionRefresh {
  const { sessions, memberships, finish, rotationKey } = dependencies;

  return {
    async firstRefreshToken(session) {
      const token = { session, secret: newSecret() };
      if (await sessions.setFirstToken(session, hashRefreshToken(token))) {
        return formatRefreshToken(token);
      }
      const message = 'A session gives its refresh token once, within two minutes of signing in.';
      throw new TributaryError('CONFLICT', message);
    },

    async refresh(refreshToken, origin) {
      const token = parseRefreshToken(refreshToken);
      const session = token && (await sessions.find(token.session));
      if (!token || !session) throw sessionOver();
      // Before the token is spent: while nobody answers this, trying again is no theft.
      const joined = await memberships.findOfAccount(session.subject);
      const successor = successorOf(token, rotationKey);
      const rotation = await sessions.rotate(session.id, {
        presented: hashRefreshToken(token),
        successor: hashRefreshToken(successor),
        address: origin.address,
      });
      if (rotation === 'reused') await endStolen(dependencies, session, origin);
      if (rotation === 'reused' || rotation === 'unknown') throw sessionOver();
      const reopened = await reopen(dependencies, { session, joined, origin });
      return { ...reopened, refreshToken: formatRefreshToken(successor) };
    },

    async signOut(refreshToken, origin) {
      const token = parseRefreshToken(refreshToken);
      const session = token && (await sessions.find(token.session));
      if (!token || !session) return;
      const isTheirs = await sessions.holdsToken(session.id, hashRefreshToken(token));
      if (isTheirs) await finish(session, origin);
    },
  };
}

/** What the session's person may do now; the session ends when they have left all workspaces. */
async function reopen(
  { sessions, issue, finish }: SessionRefreshDependencies,
  known: { session: Session; joined: readonly MembershipRow[]; origin: Origin },
): Promise<OpenSession> {
  const { session, joined, origin } = known;
  const membership = joined.find(({ workspaceId }) => workspaceId === session.workspace);
  if (membership) return issue(membership, session);
  const [first] = joined;
  if (!first) {
    await finish(session, origin);
    throw sessionOver();
  }
  await sessions.switchWorkspace(session.id, first.workspaceId);
  return issue(first, { ...session, workspace: first.workspaceId });
}

async function endStolen(
  { sessions, revoke, accounts, journal, mails }: SessionRefreshDependencies,
  session: Session,
  origin: Origin,
): Promise<void> {
  await sessions.remove(session);
  await revoke({ subject: session.subject, session: session.id });
  const person = await accounts.findById(session.subject);
  const text = mails.refreshTokenReused(session.device);
  const entry = sessionEntry('session.refreshTokenReused', session, origin);
  await journal.note({
    audit: [{ ...entry, actor: unknownActor }],
    messages: person ? [mailTo(person, text)] : [],
  });
}
