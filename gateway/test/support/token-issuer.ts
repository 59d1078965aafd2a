import type { UserPrincipal } from '@tributary/chassis';
import { createKeyPair, serveHttp } from '@tributary/testkit';
import { importJWK, type JWK, SignJWT } from 'jose';

export interface TokenOverrides {
  issuer?: string;
  audience?: string;
  /** Seconds from now. */
  expiresIn?: number;
  /** JWK JSON of another key. */
  privateKey?: string;
  claims?: Record<string, unknown>;
}

export interface TestTokenIssuer extends AsyncDisposable {
  /** What a gateway needs to believe it. */
  environment: { JWKS_URL: string; TOKEN_ISSUER: string };
  sign(principal: UserPrincipal, overrides?: TokenOverrides): Promise<string>;
  /** The `Authorization` header of a good token. */
  bearer(principal: UserPrincipal, overrides?: TokenOverrides): Promise<{ authorization: string }>;
}

const issuer = 'https://tributary.test';

/** Signs access tokens as the users service does, and publishes its keys. */
export async function startTokenIssuer(): Promise<TestTokenIssuer> {
  const own = await createKeyPair();
  const keys = [{ ...(JSON.parse(own.publicKey) as JWK), kid: 'own', alg: 'EdDSA', use: 'sig' }];
  const server = await serveHttp((_, response) => {
    response.setHeader('content-type', 'application/json').end(JSON.stringify({ keys }));
  });

  async function sign(principal: UserPrincipal, given: TokenOverrides = {}): Promise<string> {
    const { kind: _, subject, ...claims } = principal;
    const key = await importJWK(JSON.parse(given.privateKey ?? own.privateKey) as JWK, 'EdDSA');
    return new SignJWT({ ...claims, ...given.claims })
      .setProtectedHeader({ alg: 'EdDSA', kid: 'own' })
      .setSubject(subject)
      .setIssuer(given.issuer ?? issuer)
      .setAudience(given.audience ?? 'tributary')
      .setExpirationTime(Math.floor(Date.now() / 1000) + (given.expiresIn ?? 600))
      .sign(key);
  }

  return {
    environment: { JWKS_URL: `${server.url}/jwks.json`, TOKEN_ISSUER: issuer },
    sign,
    bearer: async (...given) => ({ authorization: `Bearer ${await sign(...given)}` }),
    [Symbol.asyncDispose]: () => server[Symbol.asyncDispose](),
  };
}
