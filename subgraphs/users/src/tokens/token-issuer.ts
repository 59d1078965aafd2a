import type { KeyObject } from 'node:crypto';
import type { UserPrincipal } from '@tributary/chassis';
import { SignJWT } from 'jose';
import { v7 as uuid } from 'uuid';

export interface AccessToken {
  accessToken: string;
  expiresAt: Date;
}

export type TokenIssuer = (principal: UserPrincipal) => Promise<AccessToken>;

export interface TokenIssuerOptions {
  privateKey: KeyObject;
  keyId: string;
  issuer: string;
}

const audience = 'tributary';
const lifetimeSeconds = 3_600;

/** Signs access tokens: JWTs that whoever has the key set can verify without asking here. */
export function createTokenIssuer({ privateKey, keyId, issuer }: TokenIssuerOptions): TokenIssuer {
  return async ({ subject, workspace, roles, scopes }) => {
    const issuedAt = Math.floor(Date.now() / 1000);
    const expiresAt = issuedAt + lifetimeSeconds;
    const accessToken = await new SignJWT({ workspace, roles, scopes })
      .setProtectedHeader({ alg: 'EdDSA', kid: keyId, typ: 'JWT' })
      .setIssuer(issuer)
      .setAudience(audience)
      .setSubject(subject)
      .setJti(uuid())
      .setIssuedAt(issuedAt)
      .setExpirationTime(expiresAt)
      .sign(privateKey);
    return { accessToken, expiresAt: new Date(expiresAt * 1000) };
  };
}
