import type { UserPrincipal } from '@tributary/chassis';
import { scopesOf } from '../roles/scopes-of.ts';
import type { Session } from '../sessions/session.ts';
import type { MembershipRow } from '../stores/membership-store.ts';

/** Whom a session speaks for, with what the membership allows now. */
export function principalOf(
  { userId, workspaceId, role }: MembershipRow,
  session: Session,
): UserPrincipal {
  return {
    kind: 'user',
    subject: userId,
    workspace: workspaceId,
    roles: [role],
    scopes: scopesOf(role),
    session: session.id,
    ...(session.mfaAt && { mfaAt: Math.floor(session.mfaAt.getTime() / 1000) }),
  };
}
