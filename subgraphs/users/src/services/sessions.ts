/** Sessions from beginning to end. Whoever holds a session's tokens is its person. */
import { type Principal, requireUser, type UserPrincipal } from '@tributary/chassis';
import { TributaryError } from '@tributary/errors';
import { v7 as uuid } from 'uuid';
import { personActor, unknownActor } from '../audit/audit-record.ts';
import { newSecret } from '../credentials/secret.ts';
import type { Mails } from '../mail/mails.ts';
import type { Origin } from '../origin.ts';
import { describeDevice } from '../sessions/describe-device.ts';
import {
  formatRefreshToken,
  hashRefreshToken,
  parseRefreshToken,
  successorOf,
} from '../sessions/refresh-token.ts';
import type { Revoke } from '../sessions/revoke.ts';
import { type Session, sessionLifetimeMilliseconds } from '../sessions/session.ts';
import type { SessionStore } from '../sessions/session-store.ts';
import type { AccountStore } from '../stores/account-store.ts';
import type { Journal } from '../stores/journal.ts';
import type { MembershipRow, MembershipStore } from '../stores/membership-store.ts';
import type { AccessToken, TokenIssuer } from '../tokens/token-issuer.ts';
import { mailTo } from './notes.ts';
import { principalOf } from './principal-of.ts';

/** A session with an access token that was just signed for it. */
export interface OpenSession extends AccessToken {
  session: Session;
  /** Whom the token speaks for. */
  principal: UserPrincipal;
}

export interface RefreshedSession extends OpenSession {
  refreshToken: string;
}

/** How somebody has just proved who they are. */
export interface Proof {
  methods: string[];
  mfaAt?: Date | undefined;
}

export interface Sessions {
  begin(membership: MembershipRow, proof: Proof, origin: Origin): Promise<OpenSession>;
  /** The first refresh token, once and soon after the beginning. @throws CONFLICT afterwards. */
  firstRefreshToken(session: string): Promise<string>;
  /** @throws UNAUTHENTICATED for a token that is not, or no longer, good. */
  refresh(refreshToken: string, origin: Origin): Promise<RefreshedSession>;
  /** Ends the session of a refresh token; does nothing for one that is not good. */
  signOut(refreshToken: string, origin: Origin): Promise<void>;
  list(principal: Principal): Promise<Session[]>;
  /** @throws NOT_FOUND when it is not, or no longer, one of theirs. */
  end(principal: Principal, id: string, origin: Origin): Promise<void>;
  /** Ends all sessions of the person but the one given; answers how many. */
  endAll(
    subject: string,
    origin: Origin,
    options?: { except?: string | undefined },
  ): Promise<number>;
  /** A token for another of the person's workspaces. @throws NOT_FOUND. */
  switchWorkspace(principal: Principal, workspace: string, origin: Origin): Promise<OpenSession>;
  /** A token that says when the second factor was shown. */
  noteMfa(principal: UserPrincipal, at: Date): Promise<OpenSession>;
  /** For a person who has no second factor any more: next tokens speak of none. */
  forgetMfa(subject: string): Promise<void>;
}

export interface SessionsDependencies {
  sessions: SessionStore;
  memberships: MembershipStore;
  accounts: AccountStore;
  issueToken: TokenIssuer;
  revoke: Revoke;
  journal: Journal;
  mails: Mails;
  /** What successors of refresh tokens are derived with. */
  rotationKey: Buffer;
}

export function createSessions(dependencies: SessionsDependencies): Sessions {
  const { sessions, memberships, accounts, issueToken, revoke, journal, mails, rotationKey } =
    dependencies;

  async function open(membership: MembershipRow, session: Session): Promise<OpenSession> {
    const principal = principalOf(membership, session);
    return { ...(await issueToken(principal, session)), session, principal };
  }

  /** What the session's person may do now; the session ends when they have left all workspaces. */
  async function reopen(
    session: Session,
    joined: readonly MembershipRow[],
    origin: Origin,
  ): Promise<OpenSession> {
    const membership = joined.find(({ workspaceId }) => workspaceId === session.workspace);
    if (membership) return open(membership, session);
    const [first] = joined;
    if (!first) {
      await finish(session, origin);
      throw notGood();
    }
    await sessions.switchWorkspace(session.id, first.workspaceId);
    return open(first, { ...session, workspace: first.workspaceId });
  }

  async function finish(session: Session, origin: Origin): Promise<void> {
    await sessions.remove(session);
    await revoke({ subject: session.subject, session: session.id });
    await journal.note({ audit: [entry('session.ended', session, origin)] });
  }

  async function endStolen(session: Session, origin: Origin): Promise<void> {
    await sessions.remove(session);
    await revoke({ subject: session.subject, session: session.id });
    const person = await accounts.findById(session.subject);
    const text = mails.refreshTokenReused(session.device);
    await journal.note({
      audit: [{ ...entry('session.refreshTokenReused', session, origin), actor: unknownActor }],
      messages: person ? [mailTo(person, text)] : [],
    });
  }

  /** One of the person's own. */
  async function findOwn(principal: UserPrincipal, id: string | undefined): Promise<Session> {
    const session = id === undefined ? undefined : await sessions.find(id);
    if (session?.subject === principal.subject) return session;
    throw new TributaryError('NOT_FOUND', 'There is no such session any more.', ['id']);
  }

  return {
    async begin(membership, { methods, mfaAt }, origin) {
      const now = new Date();
      const session: Session = {
        id: uuid(),
        subject: membership.userId,
        workspace: membership.workspaceId,
        device: describeDevice(origin.agent),
        address: origin.address,
        createdAt: now,
        lastUsedAt: now,
        endsAt: new Date(now.getTime() + sessionLifetimeMilliseconds),
        methods,
        authenticatedAt: now,
        mfaAt,
      };
      await sessions.add(session);
      await journal.note({ audit: [entry('session.began', session, origin)] });
      return open(membership, session);
    },

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
      if (!token || !session) throw notGood();
      // Before the token is spent: while nobody answers this, trying again is no theft.
      const joined = await memberships.findOfAccount(session.subject);
      const successor = successorOf(token, rotationKey);
      const rotation = await sessions.rotate(session.id, {
        presented: hashRefreshToken(token),
        successor: hashRefreshToken(successor),
        address: origin.address,
      });
      if (rotation === 'reused') await endStolen(session, origin);
      if (rotation === 'reused' || rotation === 'unknown') throw notGood();
      const reopened = await reopen(session, joined, origin);
      return { ...reopened, refreshToken: formatRefreshToken(successor) };
    },

    async signOut(refreshToken, origin) {
      const token = parseRefreshToken(refreshToken);
      const session = token && (await sessions.find(token.session));
      if (!token || !session) return;
      const isTheirs = await sessions.holdsToken(session.id, hashRefreshToken(token));
      if (isTheirs) await finish(session, origin);
    },

    list: (principal) => sessions.list(requireUser(principal).subject),

    async end(principal, id, origin) {
      await finish(await findOwn(requireUser(principal), id), origin);
    },

    async endAll(subject, origin, { except } = {}) {
      const open = await sessions.list(subject);
      const ending = open.filter(({ id }) => id !== except);
      for (const session of ending) await finish(session, origin);
      return ending.length;
    },

    async switchWorkspace(given, workspace, origin) {
      const principal = requireUser(given);
      const session = await findOwn(principal, principal.session);
      const joined = await memberships.findOfAccount(principal.subject);
      const membership = joined.find(({ workspaceId }) => workspaceId === workspace);
      if (!membership) throw notJoined();
      await sessions.switchWorkspace(session.id, workspace);
      const switched = { ...session, workspace };
      await journal.note({ audit: [entry('workspace.switched', switched, origin)] });
      return open(membership, switched);
    },

    async noteMfa(principal, at) {
      const session = await findOwn(principal, principal.session);
      await sessions.noteMfa(session.id, at);
      const joined = await memberships.findOfAccount(principal.subject);
      const membership = joined.find(({ workspaceId }) => workspaceId === principal.workspace);
      if (!membership) throw notJoined();
      return open(membership, { ...session, mfaAt: at });
    },

    async forgetMfa(subject) {
      for (const { id } of await sessions.list(subject)) await sessions.forgetMfa(id);
    },
  };
}

function entry(
  action: 'session.began' | 'session.ended' | 'session.refreshTokenReused' | 'workspace.switched',
  session: Session,
  origin: Origin,
) {
  const target = { type: 'Session', id: session.id };
  return { chain: session.workspace, action, actor: personActor(session.subject), target, origin };
}

function notGood(): TributaryError {
  return new TributaryError('UNAUTHENTICATED', 'The session is over. Sign in again.');
}

function notJoined(): TributaryError {
  const message = 'You do not belong to such a workspace.';
  return new TributaryError('NOT_FOUND', message, ['input', 'workspaceId']);
}
