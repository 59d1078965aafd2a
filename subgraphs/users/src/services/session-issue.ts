import type { UserPrincipal } from '@tributary/chassis';
import type { Session } from '../sessions/session.ts';
import type { MembershipRow } from '../stores/membership-row.ts';
import type { AccessToken, TokenIssuer } from '../tokens/token-issuer.ts';
import { principalOf } from './principal-of.ts';

/** A session with an access token that was just signed for it. */
export interface OpenSession extends AccessToken {
  session: Session;
  /** Whom the token speaks for. */
  principal: UserPrincipal;
}

/** Gives a session a token for what its person's membership allows now. */
export type IssueSession = (membership: MembershipRow, session: Session) => Promise<OpenSession>;

export function createIssueSession({ issueToken }: { issueToken: TokenIssuer }): IssueSession {
  return async (membership, session) => {
    const principal = principalOf(membership, session);
    return { ...(await issueToken(principal, session)), session, principal };
  };
}
