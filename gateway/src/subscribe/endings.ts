import type { ErrorCode } from '@tributary/errors';

/** Why the gateway ends a connection, and what its client can do about it. */
export interface Ending {
  /** WebSocket close code. */
  code: number;
  reason: string;
  /** The error that HTTP streams end with; none when the client just comes back. */
  error: ErrorCode | undefined;
}

export const endings = {
  /** Get another token, connect and resume. */
  tokenExpired: { code: 4401, reason: 'token expired', error: 'UNAUTHENTICATED' },
  /** The session, or its rights in the workspace, ended: sign in again. */
  accessRevoked: { code: 4401, reason: 'access revoked', error: 'UNAUTHENTICATED' },
  /** Read faster, select less, or connect again and resume. */
  tooSlow: { code: 1013, reason: 'too slow: connect again and resume', error: 'RATE_LIMITED' },
  /** Use the connections there are. */
  tooManyConnections: { code: 4429, reason: 'too many connections', error: 'RATE_LIMITED' },
  idle: { code: 4408, reason: 'no subscription for too long', error: undefined },
  /** Connect again and resume. */
  unavailable: { code: 1013, reason: 'try again later', error: 'UNAVAILABLE' },
  /** Another schema serves: connect again and resume. */
  schemaReplaced: {
    code: 1012,
    reason: 'schema replaced: connect again and resume',
    error: undefined,
  },
  /** This gateway ends: connect again, to another, and resume. */
  goingAway: { code: 1001, reason: 'going away: connect again and resume', error: undefined },
} as const satisfies Record<string, Ending>;
