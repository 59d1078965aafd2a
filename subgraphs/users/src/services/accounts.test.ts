import { generateKeyPairSync, randomBytes, randomUUID } from 'node:crypto';
import { PrismaPg } from '@prisma/adapter-pg';
import { PrismaClient } from '@tributary/prisma/users';
import { createTestDatabase, createTestRedis, type TestDatabase } from '@tributary/testkit';
import { Redis } from 'ioredis';
import { expect, test } from 'vitest';
import { createPasswordHasher } from '../credentials/password-hasher.ts';
import { createMails } from '../mail/mails.ts';
import { ownOrigin } from '../origin.ts';
import { createRevoke } from '../sessions/revoke.ts';
import { createSessionStore } from '../sessions/session-store.ts';
import { createAccountStore } from '../stores/account-store.ts';
import { createJournal } from '../stores/journal.ts';
import { createMembershipStore } from '../stores/membership-store.ts';
import { createTokenIssuer } from '../tokens/token-issuer.ts';
import { createAccounts } from './accounts.ts';
import { createSessions } from './sessions.ts';

async function createRealAccounts({ pool }: TestDatabase, redis: Redis) {
  const prisma = new PrismaClient({ adapter: new PrismaPg(pool) });
  const { privateKey } = generateKeyPairSync('ed25519');
  const issuer = 'https://example.com';
  const journal = createJournal({ pool, announce: () => {} });
  const memberships = createMembershipStore({ prisma });
  const accounts = createAccountStore({ pool });
  const sessions = createSessions({
    sessions: createSessionStore({ redis }),
    memberships,
    accounts,
    issueToken: createTokenIssuer({ privateKey, keyId: 'test', issuer }),
    revoke: createRevoke({ redis }),
    journal,
    mails: createMails({ publicUrl: issuer }),
    rotationKey: randomBytes(32),
  });
  const passwords = await createPasswordHasher();
  return createAccounts({
    ...{ accounts, memberships, passwords, sessions, journal },
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
  await using server = await createTestRedis();
  const redis = new Redis(server.url);
  const accounts = await createRealAccounts(database, redis);
  const email = `${randomUUID()}@example.com`;
  await accounts.signUp({ email, password: 'correct horse battery', name: 'Ada' }, ownOrigin);
  const refuse = (address: string) => () =>
    expect(
      accounts.signIn({ email: address, password: 'not the password' }, ownOrigin),
    ).rejects.toThrow('The e-mail address or the password is wrong.');
  const known: number[] = [];
  const unknown: number[] = [];
  for (let round = 0; round < 10; round += 1) {
    known.push(await workOf(refuse(email)));
    unknown.push(await workOf(refuse(`${randomUUID()}@example.com`)));
  }
  // Looking up without hashing is a twentieth of it.
  expect(Math.min(...unknown)).toBeGreaterThan(Math.min(...known) / 2);
  redis.disconnect();
});
