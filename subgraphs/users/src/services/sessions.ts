/** Sessions from beginning to end. Whoever holds a session's tokens is its person. */
import { type Principal, requireUser, type UserPrincipal } from '@tributary/chassis';
import { v7 as uuid } from 'uuid';
import type { Mails } from '../mail/mails.ts';
import type { Origin } from '../origin.ts';
import { describeDevice } from '../sessions/describe-device.ts';
import type { Revoke } from '../sessions/revoke.ts';
import { type Session, sessionLifetimeMilliseconds } from '../sessions/session.ts';
import type { SessionStore } from '../sessions/session-store.ts';
import type { AccountStore } from '../stores/account-store.ts';
import type { Journal } from '../stores/journal.ts';
import type { MembershipRow } from '../stores/membership-row.ts';
import type { MembershipStore } from '../stores/membership-store.ts';
import type { TokenIssuer } from '../tokens/token-issuer.ts';
import { findOwnSession } from './find-own-session.ts';
import { createSessionChanges, type SessionChanges } from './session-changes.ts';
import { createFinishSession, type FinishSession } from './session-finish.ts';
import { createIssueSession, type IssueSession, type OpenSession } from './session-issue.ts';
import { sessionEntry } from './session-notes.ts';
import { createSessionRefresh, type SessionRefresh } from './session-refresh.ts';

/** How somebody has just proved who they are. */
export interface Proof {
  methods: string[];
  mfaAt?: Date | undefined;
}

interface SessionLife {
  begin(membership: MembershipRow, proof: Proof, origin: Origin): Promise<OpenSession>;
  /** Whether the person is still signed in with it. */
  isOpen(of: { session: string; subject: string }): Promise<boolean>;
  list(principal: Principal): Promise<Session[]>;
  /** The one that the principal's token belongs to. @throws NOT_FOUND once it is over. */
  current(principal: UserPrincipal): Promise<Session>;
  /** @throws NOT_FOUND when it is not, or no longer, one of theirs. */
  end(principal: Principal, id: string, origin: Origin): Promise<void>;
  /** Ends all sessions of the person but the one given; answers how many. */
  endAll(
    subject: string,
    origin: Origin,
    options?: { except?: string | undefined },
  ): Promise<number>;
}

export interface Sessions extends SessionLife, SessionRefresh, SessionChanges {}

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
  const issue = createIssueSession(dependencies);
  const finish = createFinishSession(dependencies);
  const shared = { ...dependencies, issue, finish };
  return {
    ...createSessionLife(shared),
    ...createSessionRefresh(shared),
    ...createSessionChanges(shared),
  };
}

function createSessionLife(dependencies: {
  sessions: SessionStore;
  issue: IssueSession;
  finish: FinishSession;
  journal: Journal;
}): SessionLife {
  const { sessions, issue, finish, journal } = dependencies;
  return {
    async begin(membership, proof, origin) {
      const session = newSession(membership, proof, origin);
      await sessions.add(session);
      await journal.note({ audit: [sessionEntry('session.began', session, origin)] });
      return issue(membership, session);
    },

    isOpen: async ({ session, subject }) => (await sessions.find(session))?.subject === subject,

    list: (principal) => sessions.list(requireUser(principal).subject),

    current: (principal) => findOwnSession(sessions, principal, principal.session),

    async end(principal, id, origin) {
      await finish(await findOwnSession(sessions, requireUser(principal), id), origin);
    },

    async endAll(subject, origin, { except } = {}) {
      const open = await sessions.list(subject);
      const ending = open.filter(({ id }) => id !== except);
      for (const session of ending) await finish(session, origin);
      return ending.length;
    },
  };
}

function newSession(
  { userId, workspaceId }: MembershipRow,
  { methods, mfaAt }: Proof,
  { agent, address }: Origin,
): Session {
  const now = new Date();
  return {
    id: uuid(),
    subject: userId,
    workspace: workspaceId,
    device: describeDevice(agent),
    address,
    createdAt: now,
    lastUsedAt: now,
    endsAt: new Date(now.getTime() + sessionLifetimeMilliseconds),
    methods,
    authenticatedAt: now,
    mfaAt,
  };
}
