/** Signs access tokens for the signed-in load, and publishes the keys to check them with. */
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { exportJWK, generateKeyPair, SignJWT } from 'jose';

const issuer = 'https://issuer.bench.test';
const audience = 'tributary';
const algorithms = ['EdDSA', 'RS256'] as const;

/** Ours wants EdDSA; Hive's JWT plugin knows no EdDSA. */
export type TokenAlgorithm = (typeof algorithms)[number];

/** As our users service writes them. */
const claims = {
  workspace: '7b1f3c52-6a0e-4c6e-9d3c-0c8f1f6a2b11',
  roles: ['analyst'],
  scopes: ['read:analytics'],
};

export interface TokenIssuer extends AsyncDisposable {
  /** For a gateway's process: JWKS_URL, TOKEN_ISSUER, TOKEN_AUDIENCE. */
  environment: Record<string, string>;
  /** A token of one user, good for a day. */
  tokens: Record<TokenAlgorithm, string>;
}

export async function startTokenIssuer(): Promise<TokenIssuer> {
  const [eddsa, rsa] = await Promise.all(algorithms.map(createSigner));
  if (!eddsa || !rsa) throw new Error('A signing key is missing.');
  const body = JSON.stringify({ keys: [eddsa.publicKey, rsa.publicKey] });
  const server = createServer((_, response) => {
    response.setHeader('content-type', 'application/json').end(body);
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    environment: {
      JWKS_URL: `http://127.0.0.1:${port}/jwks.json`,
      TOKEN_ISSUER: issuer,
      TOKEN_AUDIENCE: audience,
    },
    tokens: { EdDSA: eddsa.token, RS256: rsa.token },
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      server.close();
    },
  };
}

async function createSigner(algorithm: TokenAlgorithm) {
  const { publicKey, privateKey } = await generateKeyPair(algorithm);
  const token = await new SignJWT(claims)
    .setProtectedHeader({ alg: algorithm, kid: algorithm })
    .setSubject('0d7e0c2e-5f2f-4f0a-8a0b-3f2d1c4b5a69')
    .setIssuer(issuer)
    .setAudience(audience)
    .setIssuedAt()
    .setExpirationTime('1 day')
    .sign(privateKey);
  const jwk = await exportJWK(publicKey);
  return { token, publicKey: { ...jwk, kid: algorithm, alg: algorithm, use: 'sig' } };
}
