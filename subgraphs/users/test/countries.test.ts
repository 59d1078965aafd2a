import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startSubgraph } from '@tributary/testkit';
import { expect } from 'vitest';
import { auditActions } from './audit-rows.ts';
import { runToEnd } from './run-to-end.ts';
import { testAlone as base, signIn, signUp } from './users-test.ts';

const lookup = `export default (address) => {
  if (address === 'broken') throw new Error('the data is broken');
  return { german: 'DE', french: 'FR', odd: 'nowhere' }[address.split('-')[0]] ?? null;
};`;

const test = base.override(
  'users',
  { scope: 'file' },
  async ({ database, redis }, { onCleanup }) => {
    const directory = await mkdtemp(join(tmpdir(), 'tributary-countries-'));
    const COUNTRY_LOOKUP = join(directory, 'countries.mjs');
    await writeFile(COUNTRY_LOOKUP, lookup);
    const users = await startSubgraph('users', {
      database,
      redis,
      environment: { COUNTRY_LOOKUP },
    });
    onCleanup(async () => {
      await users[Symbol.asyncDispose]();
      await rm(directory, { recursive: true });
    });
    return users;
  },
);

test('a sign-in from a country that is new is told by mail, the first one and known ones are not', async ({
  users,
  database,
  mailbox,
}) => {
  const ada = await signUp(users);
  await signIn(users, ada, 'german-1');
  await signIn(users, ada, 'french-1');
  const { paragraphs } = await mailbox.mailTo(ada.email, /another country/);
  expect(paragraphs[0]).toContain('France');
  await signIn(users, ada, 'french-2');
  await signIn(users, ada, 'german-2');
  const actions = await auditActions(database, ada.id);
  expect(actions.filter((action) => action === 'country.new')).toHaveLength(1);
});

test('a look-up that fails, or knows nothing, holds nobody up', async ({ users, database }) => {
  const ada = await signUp(users);
  for (const address of ['broken', 'odd', 'elsewhere']) {
    expect((await signIn(users, ada, address)).session).not.toBeNull();
  }
  expect(await auditActions(database, ada.id)).not.toContain('country.new');
});

test('a start with a look-up that is none is refused, and the variable is named', async () => {
  const { exitCode, stderr } = await runToEnd({
    DATABASE_URL: 'postgres://localhost:1/none',
    REDIS_URL: 'redis://localhost:1',
    COUNTRY_LOOKUP: '/no/such/module.mjs',
  });
  expect(exitCode).toBe(78);
  expect(stderr).toContain('COUNTRY_LOOKUP');
});
