import { TributaryError } from '@tributary/errors';
import { type AuditRecord, personActor } from '../audit/audit-record.ts';
import type { Origin } from '../origin.ts';
import type { Session } from '../sessions/session.ts';

/** An entry in the log of the workspace that the session speaks for: its person did it. */
export function sessionEntry(
  action: 'session.began' | 'session.ended' | 'session.refreshTokenReused' | 'workspace.switched',
  session: Session,
  origin: Origin,
): AuditRecord {
  const target = { type: 'Session', id: session.id };
  return { chain: session.workspace, action, actor: personActor(session.subject), target, origin };
}

export function sessionOver(): TributaryError {
  return new TributaryError('UNAUTHENTICATED', 'The session is over. Sign in again.');
}
