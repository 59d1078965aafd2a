import {
  createTestDatabase,
  createTestRedis,
  type SubgraphProcess,
  startSubgraph,
  type TestDatabase,
} from '@tributary/testkit';
import { expect, test } from 'vitest';
import { runToEnd } from './run-to-end.ts';
import { anonymous, signInMutation, signUp } from './users-test.ts';

const email = 'demo@example.com';
const demo = { DEMO_EMAIL: email, DEMO_PASSWORD: 'a demo password' };

async function signInAsDemo(users: SubgraphProcess, password: string) {
  const { data } = await users.query(anonymous, signInMutation, { input: { email, password } });
  return data.signIn.session;
}

async function demoRows({ pool }: TestDatabase) {
  const { rows } = await pool.query(
    `SELECT user_account.id, is_demo, password_hash, role, workspace.name AS workspace
     FROM user_account
     LEFT JOIN membership ON membership.user_id = user_account.id
     LEFT JOIN workspace ON workspace.id = membership.workspace_id
     WHERE email = $1`,
    [email],
  );
  return rows;
}

test('the demo account can sign in as owner of its workspace, and is announced', async () => {
  await using database = await createTestDatabase('users');
  await using redis = await createTestRedis();
  const environment = { ...demo, EVENT_LOG_URL: 'redis://127.0.0.1:1' };
  await using users = await startSubgraph('users', { database, redis, environment });
  expect(await signInAsDemo(users, demo.DEMO_PASSWORD)).toMatchObject({ user: { email } });
  expect(await demoRows(database)).toEqual([
    expect.objectContaining({ is_demo: true, role: 'OWNER', workspace: 'Flights demo' }),
  ]);
  const { rows } = await database.pool.query('SELECT name FROM outbox');
  expect(rows).toEqual([{ name: 'members.changed' }]);
});

test('processes that start at once make one demo account between them', async () => {
  await using database = await createTestDatabase('users');
  await using redis = await createTestRedis();
  const start = () => startSubgraph('users', { database, redis, environment: demo });
  const [one, other] = await Promise.all([start(), start()]);
  await using _one = one;
  await using _other = other;
  expect(await demoRows(database)).toHaveLength(1);
  expect(await signInAsDemo(one, demo.DEMO_PASSWORD)).not.toBeNull();
  const { rows } = await database.pool.query('SELECT count(*)::int AS workspaces FROM workspace');
  expect(rows).toEqual([{ workspaces: 1 }]);
});

test('a further start changes nothing, except a password that no longer fits and a workspace that is gone', async () => {
  await using database = await createTestDatabase('users');
  await using redis = await createTestRedis();
  const environment = { ...demo };
  await using users = await startSubgraph('users', { database, redis, environment });
  const first = await demoRows(database);
  const restart = async (changes: Partial<typeof demo>) => {
    await using again = await startSubgraph('users', {
      database,
      redis,
      environment: { ...demo, ...changes },
    });
    expect(await signInAsDemo(again, changes.DEMO_PASSWORD ?? demo.DEMO_PASSWORD)).not.toBeNull();
    return demoRows(database);
  };
  expect(await restart({})).toEqual(first);

  const [changed] = await restart({ DEMO_PASSWORD: 'another demo password' });
  expect(changed).toMatchObject({ id: first[0].id, role: 'OWNER', workspace: 'Flights demo' });
  expect(await signInAsDemo(users, demo.DEMO_PASSWORD)).toBeNull();

  await database.pool.query('DELETE FROM workspace');
  const [restored] = await restart({});
  expect(restored).toMatchObject({ id: first[0].id, role: 'OWNER', workspace: 'Flights demo' });
});

test("a person's own account is never turned into the demo account", async () => {
  await using database = await createTestDatabase('users');
  await using redis = await createTestRedis();
  await using users = await startSubgraph('users', { database, redis });
  await signUp(users, { email, password: 'a private password' });
  const { exitCode, stderr } = await runToEnd({
    ...demo,
    DATABASE_URL: database.url,
    REDIS_URL: redis.url,
  });
  expect(exitCode).toBe(78);
  expect(stderr).toMatch(/^DEMO_EMAIL: .*ordinary account.*$/m);
  expect(await signInAsDemo(users, 'a private password')).not.toBeNull();
});
