import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { exportJWK, generateKeyPair, SignJWT } from 'jose';
import { createTokenVerifier } from '../../../gateway/src/identity/access-token.ts';

export interface Verification {
  perSecond: number;
  /** Microseconds of CPU, of the whole process. */
  cpuMicroseconds: number;
}

const trust = { issuer: 'https://bench.test', audience: 'tributary' };
const differentTokens = 5_000;
const knownLookUps = 500_000;
/** New tokens that a gateway looks at at a time: signatures are checked off its own thread. */
const atOnce = 16;

/** The gateway's own verifier: tokens seen for the first time, some at once, and one that is known. */
export async function measureTokenVerification(): Promise<{
  first: Verification;
  known: Verification;
}> {
  const { publicKey, privateKey } = await generateKeyPair('EdDSA');
  const jwk = { ...(await exportJWK(publicKey)), kid: 'bench', alg: 'EdDSA', use: 'sig' };
  const server = createServer((_, response) => {
    response.setHeader('content-type', 'application/json').end(JSON.stringify({ keys: [jwk] }));
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const { port } = server.address() as AddressInfo;
  const verify = createTokenVerifier({ jwksUrl: `http://127.0.0.1:${port}/`, ...trust });
  const sign = () =>
    new SignJWT({ workspace: randomUUID(), roles: ['EDITOR'], scopes: ['read:analytics'] })
      .setProtectedHeader({ alg: 'EdDSA', kid: 'bench' })
      .setSubject(randomUUID())
      .setIssuer(trust.issuer)
      .setAudience(trust.audience)
      .setIssuedAt()
      .setExpirationTime('1h')
      .sign(privateKey);
  const tokens = await Promise.all(Array.from({ length: differentTokens }, sign));
  const one = await sign();
  await verify(one);
  const first = await measure(differentTokens, async () => {
    const left = tokens.values();
    const worker = async () => {
      for (const token of left) await verify(token);
    };
    await Promise.all(Array.from({ length: atOnce }, worker));
  });
  const known = await measure(knownLookUps, async () => {
    for (let done = 0; done < knownLookUps; done += 1) await verify(one);
  });
  server.closeAllConnections();
  server.close();
  return { first, known };
}

async function measure(count: number, run: () => Promise<void>): Promise<Verification> {
  const before = process.cpuUsage();
  const start = performance.now();
  await run();
  const seconds = (performance.now() - start) / 1000;
  const { user, system } = process.cpuUsage(before);
  return { perSecond: count / seconds, cpuMicroseconds: (user + system) / count };
}
