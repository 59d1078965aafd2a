import { generateKeyPairSync, randomUUID } from 'node:crypto';
import { PrismaPg } from '@prisma/adapter-pg';
import { PrismaClient } from '@tributary/prisma/users';
import { createTestDatabase, type TestDatabase } from '@tributary/testkit';
import { expect, test } from 'vitest';
import { createPasswordHasher } from '../credentials/password-hasher.ts';
import { createAccountStore } from '../stores/account-store.ts';
import { createMembershipStore } from '../stores/membership-store.ts';
import { createTokenIssuer } from '../tokens/token-issuer.ts';
import { createAccounts } from './accounts.ts';

async function createRealAccounts({ pool }: TestDatabase) {
  const prisma = new PrismaClient({ adapter: new PrismaPg(pool) });
  const { privateKey } = generateKeyPairSync('ed25519');
  return createAccounts({
    accounts: createAccountStore({ pool }),
    memberships: createMembershipStore({ prisma }),
    passwords: await createPasswordHasher(),
    issueToken: createTokenIssuer({ privateKey, keyId: 'test', issuer: 'https://example.com' }),
    announce: () => {},
  });
}

/** Processor time of the whole process, hashing threads among it, in milliseconds. */
async function workOf(run: () => Promise<unknown>): Promise<number> {
  const before = process.cpuUsage();
  await run();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000;
}

test('an unknown account costs as much work as a wrong password, so that time tells nothing', async () => {
  await using database = await createTestDatabase('users');
  const accounts = await createRealAccounts(database);
  const email = `${randomUUID()}@example.com`;
  await accounts.signUp({ email, password: 'correct horse battery', name: 'Ada' });
  const refuse = (address: string) => () =>
    expect(accounts.signIn({ email: address, password: 'not the password' })).rejects.toThrow(
      'The e-mail address or the password is wrong.',
    );
  const known: number[] = [];
  const unknown: number[] = [];
  for (let round = 0; round < 10; round += 1) {
    known.push(await workOf(refuse(email)));
    unknown.push(await workOf(refuse(`${randomUUID()}@example.com`)));
  }
  // Looking up without hashing is a twentieth of it.
  expect(Math.min(...unknown)).toBeGreaterThan(Math.min(...known) / 2);
});
