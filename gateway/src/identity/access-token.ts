/**
 * Access tokens: JWTs that the users service signs with EdDSA, verified against its published keys.
 * A token is trusted until it ends or is revoked; what was verified once is not verified again.
 */
import { scopes, type UserPrincipal } from '@tributary/chassis';
import { TributaryError } from '@tributary/errors';
import { createRemoteJWKSet, errors, type JWTVerifyGetKey, jwtVerify } from 'jose';
import { LRUCache } from 'lru-cache';
import { z } from 'zod';
import type { Revocations } from './revocations.ts';

const clockSkewSeconds = 5;
const knownScopes: ReadonlySet<string> = new Set(scopes);

/** A scope that this version does not know grants nothing, so it is dropped rather than refused. */
const claimsSchema = z.object({
  sub: z.uuid(),
  exp: z.number(),
  sid: z.uuid().optional(),
  mfa_time: z.number().optional(),
  iat: z.number().optional(),
  /** The instant of issue in milliseconds: revocations are finer than seconds. */
  iat_ms: z.number().optional(),
  workspace: z.uuid(),
  roles: z.array(z.string()),
  scopes: z
    .array(z.string())
    .transform((given) => given.filter((scope) => knownScopes.has(scope)))
    .pipe(z.array(z.enum(scopes))),
});

export interface VerifiedToken {
  principal: UserPrincipal;
  /** In milliseconds since the epoch. */
  expiresAt: number;
  /** In milliseconds since the epoch. */
  issuedAt: number;
}

export type TokenVerifier = (token: string) => Promise<VerifiedToken>;

export interface TokenOptions {
  jwksUrl: string;
  issuer: string;
  audience: string;
  /** Undefined where nothing tells of revocations. */
  revocations?: Revocations | undefined;
}

/** The verifier throws UNAUTHENTICATED for a bad token, UNAVAILABLE when the keys cannot be had. */
export function createTokenVerifier(options: TokenOptions): TokenVerifier {
  const { jwksUrl, issuer, audience, revocations } = options;
  const keys = createRemoteJWKSet(new URL(jwksUrl));
  const verified = new LRUCache<string, VerifiedToken>({ max: 10_000 });

  return async (token) => {
    const known = verified.get(token);
    if (known && known.expiresAt > Date.now()) return assertNotRevoked(known, revocations);
    const fresh = await verify(token, { keys, issuer, audience });
    verified.set(token, fresh);
    return assertNotRevoked(fresh, revocations);
  };
}

function assertNotRevoked(token: VerifiedToken, revocations?: Revocations): VerifiedToken {
  if (!revocations?.isRevoked(token.principal, token.issuedAt)) return token;
  throw new TributaryError('UNAUTHENTICATED', 'The session was ended. Sign in again.');
}

interface Trust {
  keys: JWTVerifyGetKey;
  issuer: string;
  audience: string;
}

async function verify(token: string, { keys, issuer, audience }: Trust): Promise<VerifiedToken> {
  try {
    const { payload } = await jwtVerify(token, keys, {
      algorithms: ['EdDSA'],
      issuer,
      audience,
      clockTolerance: clockSkewSeconds,
      requiredClaims: ['exp', 'sub'],
    });
    return toVerifiedToken(claimsSchema.parse(payload));
  } catch (error) {
    throw toRefusal(error);
  }
}

function toVerifiedToken(claims: z.infer<typeof claimsSchema>): VerifiedToken {
  const { sub, exp, sid, mfa_time: mfaAt, iat = 0, iat_ms = iat * 1000, ...granted } = claims;
  const principal: UserPrincipal = {
    kind: 'user',
    subject: sub,
    ...granted,
    ...(sid !== undefined && { session: sid }),
    ...(mfaAt !== undefined && { mfaAt }),
  };
  return { principal, expiresAt: exp * 1000, issuedAt: iat_ms };
}

function toRefusal(error: unknown): TributaryError {
  if (error instanceof errors.JWTExpired) {
    return new TributaryError('UNAUTHENTICATED', 'The access token has expired. Sign in again.');
  }
  if (isTokensFault(error)) {
    return new TributaryError('UNAUTHENTICATED', 'The access token is not one of ours.');
  }
  return new TributaryError('UNAVAILABLE', 'Access tokens cannot be checked for the moment.');
}

/** jose throws the plain JOSEError, or fetch's own error, when it is the keys that are missing. */
function isTokensFault(error: unknown): boolean {
  if (error instanceof z.ZodError) return true;
  const keysAreAway =
    error instanceof errors.JWKSTimeout ||
    error instanceof errors.JWKSInvalid ||
    !(error instanceof errors.JOSEError) ||
    error.constructor === errors.JOSEError;
  return !keysAreAway;
}
