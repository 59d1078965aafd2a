import { passportHeader } from '@tributary/chassis';
import {
  createKeyPair,
  createTestDatabase,
  createTestRedis,
  startSubgraph,
} from '@tributary/testkit';
import { importJWK, SignJWT } from 'jose';
import { expect, test } from 'vitest';

interface PassportOptions {
  privateKey: string;
  /** Seconds from now; negative for one that has ended. */
  endsIn?: number;
}

const signPassport = async ({ privateKey, endsIn = 60 }: PassportOptions): Promise<string> =>
  new SignJWT({ kind: 'anonymous' })
    .setProtectedHeader({ alg: 'EdDSA' })
    .setIssuer('tributary:gateway')
    .setAudience('tributary:subgraph')
    .setExpirationTime(Math.floor(Date.now() / 1000) + endsIn)
    .sign(await importJWK(JSON.parse(privateKey), 'EdDSA'));

test('only requests with a good passport of the gateway are answered; all others get 401', async () => {
  await using database = await createTestDatabase('users');
  await using redis = await createTestRedis();
  const [gateway, forger] = await Promise.all([createKeyPair(), createKeyPair()]);
  const environment = { PASSPORT_PUBLIC_KEY: gateway.publicKey };
  await using users = await startSubgraph('users', { database, redis, environment });
  const ask = (passport: string | undefined) =>
    fetch(`${users.url}/graphql`, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        ...(passport && { [passportHeader]: passport }),
      },
      body: JSON.stringify({ query: '{ viewer { id } }' }),
    });

  const good = await ask(await signPassport(gateway));
  expect(good.status).toBe(200);
  expect(await good.json()).toEqual({ data: { viewer: null } });

  const bad = {
    missing: undefined,
    garbage: 'not.a.passport',
    forged: await signPassport(forger),
    expired: await signPassport({ ...gateway, endsIn: -30 }),
  };
  for (const [kind, passport] of Object.entries(bad)) {
    const response = await ask(passport);
    expect({ kind, status: response.status }).toEqual({ kind, status: 401 });
    expect(await response.json()).toMatchObject({ code: 'UNAUTHENTICATED' });
  }
});
