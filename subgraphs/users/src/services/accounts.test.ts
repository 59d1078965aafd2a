import { generateKeyPairSync, randomBytes, randomUUID } from 'node:crypto';
import { PrismaPg } from '@prisma/adapter-pg';
import { PrismaClient } from '@tributary/prisma/users';
import { createTestDatabase, createTestRedis, type TestDatabase } from '@tributary/testkit';
import { Redis } from 'ioredis';
import { expect, test } from 'vitest';
import { createPasswordHasher } from '../credentials/password-hasher.ts';
import type { Origin } from '../origin.ts';
import { createAccountStore } from '../stores/account-store.ts';
import { createApiClientStore } from '../stores/api-client-store.ts';
import { createMembershipStore } from '../stores/membership-store.ts';
import { createTokenIssuer } from '../tokens/token-issuer.ts';
import { createServices } from './create-services.ts';

async function createRealServices({ pool }: TestDatabase, redis: Redis) {
  const prisma = new PrismaClient({ adapter: new PrismaPg(pool) });
  const { privateKey } = generateKeyPairSync('ed25519');
  const PUBLIC_URL = 'https://example.com';
  return createServices({
    environment: {
      PUBLIC_URL,
      IDENTITY_SECRET: randomBytes(32),
      NODE_ENV: 'test',
      SIGN_UP_VERIFICATION: undefined,
      SUPERGRAPH: '',
      CONFIG: undefined,
    },
    pool,
    prisma,
    redis,
    accounts: createAccountStore({ pool }),
    memberships: createMembershipStore({ prisma, pool }),
    apiClients: createApiClientStore({ pool }),
    hasher: await createPasswordHasher(),
    countryOf: async () => undefined,
    issueToken: createTokenIssuer({ privateKey, keyId: 'test', issuer: PUBLIC_URL }),
    announce: () => {},
    logger: console,
  });
}

/** Another address each time, since attempts from one are counted. */
const anywhere = (): Origin => ({ address: randomUUID(), agent: '', requestId: '' });

/** Processor time of the whole process, hashing threads among it, in milliseconds. */
async function workOf(run: () => Promise<unknown>): Promise<number> {
  const before = process.cpuUsage();
  await run();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000;
}

test('an unknown account costs as much work as a wrong password, so that time tells nothing', async () => {
  await using database = await createTestDatabase('users');
  await using server = await createTestRedis();
  const redis = new Redis(server.url);
  const { accounts, signIns } = await createRealServices(database, redis);
  const email = `${randomUUID()}@example.com`;
  await accounts.signUp({ email, password: 'correct horse battery', name: 'Ada' }, anywhere());
  const refuse = (address: string) => () =>
    expect(
      signIns.signIn({ email: address, password: 'not the password' }, anywhere()),
    ).rejects.toThrow('The e-mail address or the password is wrong.');
  const known: number[] = [];
  const unknown: number[] = [];
  for (let round = 0; round < 8; round += 1) {
    known.push(await workOf(refuse(email)));
    unknown.push(await workOf(refuse(`${randomUUID()}@example.com`)));
  }
  // Looking up without hashing is a twentieth of it.
  expect(Math.min(...unknown)).toBeGreaterThan(Math.min(...known) / 2);
  redis.disconnect();
});
