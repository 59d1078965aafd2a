/**
 * The passport: what the gateway says of the principal behind a request, signed with Ed25519
 * (JWS, EdDSA) and good for a minute. Subgraphs refuse requests without one.
 */
import { importJWK, type JWK, jwtVerify, SignJWT } from 'jose';
import { LRUCache } from 'lru-cache';
import { z } from 'zod';
import { type Principal, scopes } from './principal.ts';
import { principalKey } from './principal-key.ts';

export const passportHeader = 'x-passport';

const lifetimeSeconds = 60;
/** A cached passport is handed out only while it is good for this much longer. */
const reserveSeconds = 30;
const issuer = 'tributary:gateway';
const audience = 'tributary:subgraph';

const claimsSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('anonymous') }),
  z.object({
    kind: z.literal('user'),
    sub: z.uuid(),
    workspace: z.uuid(),
    roles: z.array(z.string()),
    scopes: z.array(z.enum(scopes)),
    session: z.uuid().optional(),
    mfaAt: z.number().optional(),
  }),
  z.object({
    kind: z.literal('client'),
    sub: z.uuid(),
    workspace: z.uuid(),
    scopes: z.array(z.enum(scopes)),
    key: z.uuid(),
  }),
]);

export type PassportSigner = (principal: Principal) => Promise<string>;

/** Signs once per principal and half minute. */
export async function createPassportSigner({
  privateKey,
}: {
  privateKey: string;
}): Promise<PassportSigner> {
  const key = await importJWK(JSON.parse(privateKey) as JWK, 'EdDSA');
  const signed = new LRUCache<string, Promise<string>>({
    max: 10_000,
    ttl: (lifetimeSeconds - reserveSeconds) * 1000,
  });

  return (principal) => {
    const { kind, ...rest } = principal;
    const cacheKey = principalKey(principal);
    const known = signed.get(cacheKey);
    if (known) return known;
    const passport = new SignJWT({ kind, ...claimsOf(rest) })
      .setProtectedHeader({ alg: 'EdDSA' })
      .setIssuer(issuer)
      .setAudience(audience)
      .setExpirationTime(`${lifetimeSeconds}s`)
      .sign(key);
    signed.set(cacheKey, passport);
    return passport;
  };
}

function claimsOf({ subject, ...rest }: { subject?: string }): Record<string, unknown> {
  return subject === undefined ? rest : { sub: subject, ...rest };
}

export type PassportVerifier = (passport: string | undefined) => Promise<Principal>;

/** @throws jose's errors, or one of ours, when there is no passport or it is not good. */
export async function createPassportVerifier({
  publicKey,
}: {
  publicKey: string;
}): Promise<PassportVerifier> {
  const key = await importJWK(JSON.parse(publicKey) as JWK, 'EdDSA');
  const verified = new LRUCache<string, { principal: Principal; expiresAt: number }>({
    max: 10_000,
  });

  return async (passport) => {
    if (passport === undefined) throw new Error('no passport');
    const known = verified.get(passport);
    if (known && known.expiresAt > Date.now()) return known.principal;
    const { payload } = await jwtVerify(passport, key, {
      algorithms: ['EdDSA'],
      issuer,
      audience,
      requiredClaims: ['exp'],
    });
    const principal = toPrincipal(claimsSchema.parse(payload));
    verified.set(passport, { principal, expiresAt: (payload.exp ?? 0) * 1000 });
    return principal;
  };
}

function toPrincipal(claims: z.infer<typeof claimsSchema>): Principal {
  if (claims.kind === 'anonymous') return claims;
  const { sub, ...rest } = claims;
  return { ...rest, subject: sub };
}
