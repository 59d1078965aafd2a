import type { ErrorCode } from '@tributary/errors';

/** Why the gateway ends a connection, and what its client can do about it. */
export interface Ending {
  /** WebSocket close code. */
  code: number;
  reason: string;
  /** The error that HTTP streams end with; none when the client just comes back. */
  error: ErrorCode | undefined;
  /** When to come back, in milliseconds, which HTTP streams say; none where waiting changes nothing. */
  retryAfter: number | undefined;
}

const comeBack = 'connect again and resume';

export const endings = {
  /** Get another token, connect and resume. */
  tokenExpired: {
    code: 4401,
    reason: 'token expired',
    error: 'UNAUTHENTICATED',
    retryAfter: undefined,
  },
  /** The session, or its rights in the workspace, ended: sign in again. */
  accessRevoked: {
    code: 4401,
    reason: 'access revoked',
    error: 'UNAUTHENTICATED',
    retryAfter: undefined,
  },
  /** Read faster, select less, or connect again and resume. */
  tooSlow: {
    code: 1013,
    reason: `too slow: ${comeBack}`,
    error: 'RATE_LIMITED',
    retryAfter: 1_000,
  },
  /** Use the connections there are. */
  tooManyConnections: {
    code: 4429,
    reason: 'too many connections',
    error: 'RATE_LIMITED',
    retryAfter: 30_000,
  },
  idle: {
    code: 4408,
    reason: 'no subscription for too long',
    error: undefined,
    retryAfter: undefined,
  },
  /** Connect again and resume. */
  unavailable: {
    code: 1013,
    reason: 'try again later',
    error: 'UNAVAILABLE',
    retryAfter: 5_000,
  },
  /** Another schema serves: connect again and resume. Clients are told at different times already. */
  schemaReplaced: {
    code: 1012,
    reason: `schema replaced: ${comeBack}`,
    error: undefined,
    retryAfter: 100,
  },
  /** The partner's registered operations changed: connect again; what is still among them goes on. */
  operationsChanged: {
    code: 1012,
    reason: `operations changed: ${comeBack}`,
    error: undefined,
    retryAfter: 100,
  },
  /** Policies decide otherwise by now: connect again, and have what may be had now. */
  accessChanged: {
    code: 1012,
    reason: `access changed: ${comeBack}`,
    error: undefined,
    retryAfter: 100,
  },
  /** This gateway ends: connect again, to another, and resume. */
  goingAway: {
    code: 1001,
    reason: `going away: ${comeBack}`,
    error: undefined,
    retryAfter: 1_000,
  },
} as const satisfies Record<string, Ending>;
