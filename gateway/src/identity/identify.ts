import { isApiKey, type Principal } from '@tributary/chassis';
import { TributaryError } from '@tributary/errors';
import type { TokenVerifier } from './access-token.ts';
import type { KeyVerifier, Sender } from './api-key.ts';
import type { ClientBudgets } from './client-budgets.ts';

export interface Identity {
  principal: Principal;
  /** Of API keys only. */
  budgets?: ClientBudgets | undefined;
  /** When it ends, in milliseconds since the epoch; never for anonymous principals. */
  expiresAt: number;
  /** In milliseconds since the epoch: revocations concern what was issued before. */
  issuedAt: number;
}

/**
 * Who sent this `Authorization` value: anonymous without one.
 * A value that is there but not good is refused, never taken for anonymous.
 */
export type Identify = (
  authorization: string | undefined,
  sender?: Sender | undefined,
) => Promise<Identity>;

const anonymous: Identity = {
  principal: { kind: 'anonymous' },
  expiresAt: Number.POSITIVE_INFINITY,
  issuedAt: Number.POSITIVE_INFINITY,
};
const bearer = /^Bearer +([\w.~+/-]+=*) *$/i;

export interface IdentifyOptions {
  /** Undefined where there are no users: then every token is refused. */
  verify: TokenVerifier | undefined;
  /** Undefined where no service knows API keys. */
  verifyKey?: KeyVerifier | undefined;
}

export function createIdentify({ verify, verifyKey }: IdentifyOptions): Identify {
  return async (authorization, sender) => {
    if (authorization === undefined) return anonymous;
    const token = bearer.exec(authorization)?.[1];
    if (token === undefined) {
      throw new TributaryError(
        'UNAUTHENTICATED',
        'Expected `Authorization: Bearer <access token or API key>`.',
      );
    }
    if (verifyKey && isApiKey(token)) return verifyKey(token, sender);
    if (!verify) {
      throw new TributaryError('UNAUTHENTICATED', 'This gateway has no users: send no token.');
    }
    return verify(token);
  };
}
