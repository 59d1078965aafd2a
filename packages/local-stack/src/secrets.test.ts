import { stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { importJWK, jwtVerify, SignJWT } from 'jose';
import { expect, test } from 'vitest';
import { temporaryDirectory } from '../testing/temporary-directory.ts';
import { loadOrCreateSecrets } from './secrets.ts';

test('keys are made once and stay the same, also when two processes ask at once', async () => {
  await using home = await temporaryDirectory();
  const [first, second] = await Promise.all([
    loadOrCreateSecrets(home.path, {}),
    loadOrCreateSecrets(home.path, {}),
  ]);
  expect(second).toEqual(first);
  expect(await loadOrCreateSecrets(home.path, {})).toEqual(first);
});

test('what one key of a pair signs, the other verifies, and only that', async () => {
  await using home = await temporaryDirectory();
  const { passport, token } = await loadOrCreateSecrets(home.path, {});
  const jwt = await new SignJWT({ sub: 'ada' })
    .setProtectedHeader({ alg: 'EdDSA' })
    .sign(await importJWK(passport.privateKey));

  const verified = await jwtVerify(jwt, await importJWK(passport.publicKey));
  expect(verified.payload.sub).toBe('ada');
  await expect(jwtVerify(jwt, await importJWK(token.publicKey))).rejects.toThrow('signature');
});

test('a public key holds nothing private, and only the owner can read the file', async () => {
  await using home = await temporaryDirectory();
  const { passport } = await loadOrCreateSecrets(home.path, {});
  expect(passport.publicKey).not.toHaveProperty('d');
  const { mode } = await stat(join(home.path, 'secrets.json'));
  expect(mode & 0o777).toBe(0o600);
});

test('production makes no keys up and names the variables to set', async () => {
  await using home = await temporaryDirectory();
  const production = { NODE_ENV: 'production' };
  await expect(loadOrCreateSecrets(home.path, production)).rejects.toThrow(
    /PASSPORT_PRIVATE_KEY and TOKEN_PRIVATE_KEY/,
  );

  const { passport, token, identity } = await loadOrCreateSecrets(home.path, {});
  await writeFile(join(home.path, 'secrets.json'), '{}');
  const given = await loadOrCreateSecrets(home.path, {
    ...production,
    PASSPORT_PRIVATE_KEY: JSON.stringify(passport.privateKey),
    TOKEN_PRIVATE_KEY: JSON.stringify(token.privateKey),
    IDENTITY_SECRET: identity,
  });
  expect(given).toEqual({ passport, token, identity });
});

test('production does not take keys that were made for development', async () => {
  await using home = await temporaryDirectory();
  await loadOrCreateSecrets(home.path, {});
  await expect(loadOrCreateSecrets(home.path, { NODE_ENV: 'production' })).rejects.toThrow(
    'Set PASSPORT_PRIVATE_KEY',
  );
});
