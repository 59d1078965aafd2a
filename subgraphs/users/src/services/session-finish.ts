import type { Origin } from '../origin.ts';
import type { Revoke } from '../sessions/revoke.ts';
import type { Session } from '../sessions/session.ts';
import type { SessionStore } from '../sessions/session-store.ts';
import type { Journal } from '../stores/journal.ts';
import { sessionEntry } from './session-notes.ts';

/** Ends a session: nothing of it is good any more, at every gateway. */
export type FinishSession = (session: Session, origin: Origin) => Promise<void>;

export function createFinishSession(dependencies: {
  sessions: SessionStore;
  revoke: Revoke;
  journal: Journal;
}): FinishSession {
  const { sessions, revoke, journal } = dependencies;
  return async (session, origin) => {
    await sessions.remove(session);
    await revoke({ subject: session.subject, session: session.id });
    await journal.note({ audit: [sessionEntry('session.ended', session, origin)] });
  };
}
