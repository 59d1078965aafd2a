import type { KeyObject } from 'node:crypto';
import type { UserPrincipal } from '@tributary/chassis';
import { SignJWT } from 'jose';
import { v7 as uuid } from 'uuid';
import type { Session } from '../sessions/session.ts';

export interface AccessToken {
  accessToken: string;
  expiresAt: Date;
}

/** Signs a token for what the principal may do now, good for an hour or until its session ends. */
export type TokenIssuer = (principal: UserPrincipal, session: Session) => Promise<AccessToken>;

export interface TokenIssuerOptions {
  privateKey: KeyObject;
  keyId: string;
  issuer: string;
}

export const tokenAudience = 'tributary';
const lifetimeSeconds = 3_600;

/** Signs access tokens: JWTs that whoever has the key set can verify without asking here. */
export function createTokenIssuer({ privateKey, keyId, issuer }: TokenIssuerOptions): TokenIssuer {
  return async ({ subject, workspace, roles, scopes, mfaAt }, session) => {
    const now = Date.now();
    const issuedAt = Math.floor(now / 1000);
    const sessionEnd = Math.floor(session.endsAt.getTime() / 1000);
    const expiresAt = Math.min(issuedAt + lifetimeSeconds, sessionEnd);
    const accessToken = await new SignJWT({
      workspace,
      roles,
      scopes,
      sid: session.id,
      amr: session.methods,
      auth_time: Math.floor(session.authenticatedAt.getTime() / 1000),
      ...(mfaAt !== undefined && { mfa_time: mfaAt }),
      // Seconds are too coarse to tell tokens from before a revocation from those after it.
      iat_ms: now,
    })
      .setProtectedHeader({ alg: 'EdDSA', kid: keyId, typ: 'JWT' })
      .setIssuer(issuer)
      .setAudience(tokenAudience)
      .setSubject(subject)
      .setJti(uuid())
      .setIssuedAt(issuedAt)
      .setExpirationTime(expiresAt)
      .sign(privateKey);
    return { accessToken, expiresAt: new Date(expiresAt * 1000) };
  };
}
