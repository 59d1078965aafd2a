import type { Principal } from '@tributary/chassis';
import { TributaryError } from '@tributary/errors';
import type { TokenVerifier } from './access-token.ts';

export interface Identity {
  principal: Principal;
  /** When it ends, in milliseconds since the epoch; never for anonymous principals. */
  expiresAt: number;
}

/**
 * Who sent this `Authorization` value: anonymous without one.
 * A value that is there but not good is refused, never taken for anonymous.
 */
export type Identify = (authorization: string | undefined) => Promise<Identity>;

const anonymous: Identity = {
  principal: { kind: 'anonymous' },
  expiresAt: Number.POSITIVE_INFINITY,
};
const bearer = /^Bearer +([\w.~+/-]+=*) *$/i;

/** `verify` is undefined where there are no users: then every token is refused. */
export function createIdentify({ verify }: { verify: TokenVerifier | undefined }): Identify {
  return async (authorization) => {
    if (authorization === undefined) return anonymous;
    const token = bearer.exec(authorization)?.[1];
    if (token === undefined) {
      throw new TributaryError(
        'UNAUTHENTICATED',
        'Expected `Authorization: Bearer <access token>`.',
      );
    }
    if (!verify) {
      throw new TributaryError('UNAUTHENTICATED', 'This gateway has no users: send no token.');
    }
    return verify(token);
  };
}
