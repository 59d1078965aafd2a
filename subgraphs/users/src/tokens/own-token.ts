import { createLocalJWKSet, jwtVerify } from 'jose';
import { z } from 'zod';
import { tokenAudience } from './token-issuer.ts';
import type { PublicKey } from './token-key.ts';

const claimsSchema = z.object({ sub: z.uuid(), sid: z.uuid() });

/** The session that an access token of ours belongs to; undefined for what is no good token. */
export type SessionOfToken = (
  token: string,
) => Promise<{ session: string; subject: string } | undefined>;

/** Verifies tokens where no gateway stands in front: at the REST edge of this service. */
export function createSessionOfToken(options: {
  keys: PublicKey[];
  issuer: string;
}): SessionOfToken {
  const keySet = createLocalJWKSet({ keys: options.keys });
  const trust = { algorithms: ['EdDSA'], issuer: options.issuer, audience: tokenAudience };
  return async (token) => {
    const verified = await jwtVerify(token, keySet, trust).catch(() => undefined);
    const claims = claimsSchema.safeParse(verified?.payload);
    return claims.success ? { session: claims.data.sid, subject: claims.data.sub } : undefined;
  };
}
