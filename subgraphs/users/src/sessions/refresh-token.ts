/**
 * Refresh tokens: `<session id>.<secret>`, opaque to everybody else. The secret that follows one is
 * derived from it with a key of the service's, so that the same token always leads to the same
 * successor, and nothing but hashes has to be kept.
 */
import { validate as isUuid } from 'uuid';
import { authenticate, hashSecret } from '../credentials/secret.ts';

export interface RefreshToken {
  session: string;
  secret: string;
}

export const formatRefreshToken = ({ session, secret }: RefreshToken): string =>
  `${session}.${secret}`;

/** Undefined for what is no refresh token of ours. */
export function parseRefreshToken(text: string): RefreshToken | undefined {
  const [session = '', secret = '', ...rest] = text.split('.');
  if (rest.length > 0 || !isUuid(session) || !/^[\w-]{43}$/.test(secret)) return undefined;
  return { session, secret };
}

/** The token that replaces this one. */
export function successorOf({ session, secret }: RefreshToken, key: Buffer): RefreshToken {
  return { session, secret: authenticate(key, `${session}.${secret}`) };
}

export const hashRefreshToken = ({ secret }: RefreshToken): string => hashSecret(secret);
