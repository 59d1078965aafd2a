import type { UserPrincipal } from '@tributary/chassis';
import { scopesOf } from '../roles/scopes-of.ts';
import type { Session } from '../sessions/session.ts';
import type { MembershipRow } from '../stores/membership-row.ts';

/** Whom a session speaks for, with what the membership allows now. */
export function principalOf(membership: MembershipRow, session: Session): UserPrincipal {
  const { userId, workspaceId, role, customRole } = membership;
  return {
    kind: 'user',
    subject: userId,
    workspace: workspaceId,
    roles: [customRole ? `custom:${customRole.id}` : role],
    scopes: scopesOf(membership),
    session: session.id,
    ...(session.mfaAt && { mfaAt: Math.floor(session.mfaAt.getTime() / 1000) }),
  };
}
