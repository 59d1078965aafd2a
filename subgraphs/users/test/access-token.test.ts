import { scopes } from '@tributary/chassis';
import {
  calculateJwkThumbprint,
  createLocalJWKSet,
  decodeJwt,
  decodeProtectedHeader,
  type JSONWebKeySet,
  jwtVerify,
} from 'jose';
import { expect } from 'vitest';
import { publicUrl, signUp, test } from './users-test.ts';

async function fetchKeySet(url: string): Promise<{ response: Response; keySet: JSONWebKeySet }> {
  const response = await fetch(`${url}/.well-known/jwks.json`);
  return { response, keySet: (await response.json()) as JSONWebKeySet };
}

test('whoever has the key set can verify an access token and read who it speaks for', async ({
  users,
}) => {
  const { accessToken, id, workspace } = await signUp(users);
  const { keySet } = await fetchKeySet(users.url);
  const { payload } = await jwtVerify(accessToken, createLocalJWKSet(keySet), {
    issuer: publicUrl,
    audience: 'tributary',
    algorithms: ['EdDSA'],
  });
  expect(payload).toMatchObject({ sub: id, workspace, roles: ['OWNER'], scopes });
  expect((payload.exp ?? 0) - (payload.iat ?? 0)).toBe(3_600);
});

test('a token that was tampered with does not verify', async ({ users }) => {
  const { accessToken } = await signUp(users);
  const { keySet } = await fetchKeySet(users.url);
  const [header, , signature] = accessToken.split('.');
  const forged = Buffer.from(
    JSON.stringify({ ...decodeJwt(accessToken), roles: ['EMPEROR'] }),
  ).toString('base64url');
  await expect(
    jwtVerify(`${header}.${forged}.${signature}`, createLocalJWKSet(keySet)),
  ).rejects.toThrow('signature verification failed');
});

test('every token has an id of its own', async ({ users }) => {
  const [one, other] = await Promise.all([signUp(users), signUp(users)]);
  expect(decodeJwt(one.accessToken).jti).toEqual(expect.any(String));
  expect(decodeJwt(one.accessToken).jti).not.toBe(decodeJwt(other.accessToken).jti);
});

test('the key set holds the public key only, named by its thumbprint, and may be cached for five minutes', async ({
  users,
}) => {
  const { response, keySet } = await fetchKeySet(users.url);
  expect(response.headers.get('cache-control')).toBe('public, max-age=300');
  expect(keySet.keys).toHaveLength(1);
  const [key] = keySet.keys;
  expect(Object.keys(key ?? {}).toSorted()).toEqual(['alg', 'crv', 'kid', 'kty', 'use', 'x']);
  expect(key?.kid).toBe(await calculateJwkThumbprint(key ?? {}, 'sha256'));
  const { accessToken } = await signUp(users);
  expect(decodeProtectedHeader(accessToken)).toMatchObject({ alg: 'EdDSA', kid: key?.kid });
});
