import { createKeyPair, person } from '@tributary/testkit';
import { decodeJwt, decodeProtectedHeader, importJWK, SignJWT } from 'jose';
import { expect, test } from 'vitest';
import { createPassportSigner, createPassportVerifier } from './passport.ts';

test('a passport carries the principal, for a minute at most', async () => {
  const keys = await createKeyPair();
  const sign = await createPassportSigner(keys);
  const verify = await createPassportVerifier(keys);
  const alice = person();
  const passport = await sign(alice);
  expect(await verify(passport)).toEqual(alice);
  expect(await verify(await sign({ kind: 'anonymous' }))).toEqual({ kind: 'anonymous' });
  expect(decodeProtectedHeader(passport).alg).toBe('EdDSA');
  expect((decodeJwt(passport).exp ?? 0) * 1000 - Date.now()).toBeLessThanOrEqual(60_000);
});

test.each([
  'another key',
  'no algorithm',
  'another audience',
  'expired',
  'nothing',
  'garbage',
  'no expiry',
])('a passport with %s is refused', async (fault) => {
  const [keys, others] = await Promise.all([createKeyPair(), createKeyPair()]);
  const verify = await createPassportVerifier(keys);
  await expect(verify(await faulty(fault, keys.privateKey, others.privateKey))).rejects.toThrow();
});

async function faulty(
  fault: string,
  privateKey: string,
  otherKey: string,
): Promise<string | undefined> {
  const key = await importJWK(JSON.parse(fault === 'another key' ? otherKey : privateKey), 'EdDSA');
  if (fault === 'nothing') return undefined;
  if (fault === 'garbage') return 'a.b.c';
  const claims = { kind: 'anonymous' };
  if (fault === 'no algorithm') {
    const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
    const exp = Math.floor(Date.now() / 1000) + 60;
    return `${part({ alg: 'none' })}.${part({ ...claims, iss: 'tributary:gateway', aud: 'tributary:subgraph', exp })}.`;
  }
  const jwt = new SignJWT(claims)
    .setProtectedHeader({ alg: 'EdDSA' })
    .setIssuer('tributary:gateway')
    .setAudience(fault === 'another audience' ? 'somebody' : 'tributary:subgraph');
  if (fault !== 'no expiry') jwt.setExpirationTime(fault === 'expired' ? '-1s' : '60s');
  return jwt.sign(key);
}
