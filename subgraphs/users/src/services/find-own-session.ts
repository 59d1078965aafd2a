import type { UserPrincipal } from '@tributary/chassis';
import { TributaryError } from '@tributary/errors';
import type { Session } from '../sessions/session.ts';
import type { SessionStore } from '../sessions/session-store.ts';

/** @throws NOT_FOUND when it is not, or no longer, one of the person's. */
export async function findOwnSession(
  sessions: SessionStore,
  principal: UserPrincipal,
  id: string | undefined,
): Promise<Session> {
  const session = id === undefined ? undefined : await sessions.find(id);
  if (session?.subject === principal.subject) return session;
  throw new TributaryError('NOT_FOUND', 'There is no such session any more.', ['id']);
}
