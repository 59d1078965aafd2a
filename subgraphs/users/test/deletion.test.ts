import { randomUUID } from 'node:crypto';
import { type SubgraphProcess, startSubgraph, type TestDatabase } from '@tributary/testkit';
import { expect } from 'vitest';
import { entriesOf } from './audit-rows.ts';
import { createPartner } from './operations-test.ts';
import { openSession, postAuth } from './sessions-test.ts';
import { type Account, join, mutate, signIn, signUp, test } from './users-test.ts';

const askForDeletion = (users: SubgraphProcess, { principal, password }: Account) =>
  mutate(users, principal, ['requestAccountDeletion', 'OwnPasswordInput', 'done'], { password });

/** As if it had been asked for so many days ago. */
const dateBack = ({ pool }: TestDatabase, { id }: Account, days: number) =>
  pool.query(
    'UPDATE user_account SET deletion_requested_at = now() - make_interval(days => $2) WHERE id = $1',
    [id, days],
  );

/** Everything that the database holds, table by table, as text. */
async function contentOf({ pool }: TestDatabase): Promise<string> {
  const { rows } = await pool.query<{ name: string }>(
    "SELECT table_name AS name FROM information_schema.tables WHERE table_schema = 'public'",
  );
  const tables = rows.map(({ name }) =>
    pool.query(`SELECT row_to_json(one)::text AS row FROM "${name}" AS one`),
  );
  return JSON.stringify((await Promise.all(tables)).map(({ rows }) => rows));
}

const exists = async ({ pool }: TestDatabase, { id }: Account): Promise<boolean> =>
  (await pool.query('SELECT FROM user_account WHERE id = $1', [id])).rowCount === 1;

test('a month after it was asked for nothing personal is left, and the audit log still holds', async ({
  users,
  database,
  redis,
}) => {
  const name = `Zelda ${randomUUID()}`;
  const [owner, zelda] = [await signUp(users), await signUp(users, { name })];
  await join(database, zelda.id, owner.workspace, 'EDITOR');
  await mutate(users, zelda.principal, ['updateProfile', 'UpdateProfileInput', 'user { id }'], {
    name: `${name} the Second`,
  });
  await mutate(users, owner.principal, ['inviteMember', 'InviteMemberInput', 'link'], {
    email: zelda.email,
    role: 'EDITOR',
  });
  await createPartner(users, zelda.principal, { contactEmail: zelda.email });
  expect((await askForDeletion(users, zelda)).done).toBe(true);
  await dateBack(database, zelda, 31);
  await using _ = await startSubgraph('users', { database, redis });
  await expect.poll(() => exists(database, zelda)).toBe(false);
  const secrets = new RegExp(`${name}|${zelda.email}`);
  await expect.poll(() => contentOf(database)).not.toMatch(secrets);

  const actions = async (chain: string) => (await entriesOf(database, chain)).at(-1);
  expect(await actions(zelda.id)).toMatchObject({ action: 'account.deleted', actorId: null });
  const removed = { action: 'member.removed', targetId: zelda.id };
  expect(await actions(owner.workspace)).toMatchObject(removed);
  const { data } = await users.query(
    owner.principal,
    '{ workspace { verifyAuditChain { isIntact } members { edges { node { user { id } } } } } }',
  );
  expect(data.workspace.verifyAuditChain.isIntact).toBe(true);
  expect(data.workspace.members.edges).toEqual([{ node: { user: { id: owner.id } } }]);
  expect((await signIn(users, zelda)).session).toBeNull();
  // The address is free again, for whoever has it now.
  expect((await signUp(users, { email: zelda.email })).id).not.toBe(zelda.id);
});

test('until then the account is there, and whoever signs in keeps it', async ({
  users,
  database,
  redis,
}) => {
  const [waiting, due, back] = [await signUp(users), await signUp(users), await signUp(users)];
  for (const account of [waiting, due, back]) await askForDeletion(users, account);
  await dateBack(database, waiting, 29);
  await dateBack(database, due, 31);
  await dateBack(database, back, 31);
  await signIn(users, back);
  await using _ = await startSubgraph('users', { database, redis });
  await expect.poll(() => exists(database, due)).toBe(false);
  expect(await exists(database, waiting)).toBe(true);
  expect(await exists(database, back)).toBe(true);
});

test('no session outlives its account', async ({ users, database, redis }) => {
  const ada = await openSession(users);
  // Asked for in another way than by the person, who is still signed in.
  await dateBack(database, ada, 31);
  await using _ = await startSubgraph('users', { database, redis });
  await expect.poll(() => exists(database, ada)).toBe(false);
  const refresh = async () => {
    const { refreshToken } = ada;
    return (await postAuth(users, 'refresh', { body: { refreshToken } })).status;
  };
  await expect.poll(refresh).toBe(401);
});

test('the only owner of a workspace with other members names another one first', async ({
  users,
  database,
  redis,
}) => {
  const [ada, grace, due] = [await signUp(users), await signUp(users), await signUp(users)];
  await join(database, grace.id, ada.workspace, 'ADMIN');
  const refused = await askForDeletion(users, ada);
  expect(refused.userErrors[0].code).toBe('CONFLICT');
  // Who became needed after asking is kept until they are not.
  await dateBack(database, ada, 31);
  await dateBack(database, due, 31);
  await using _ = await startSubgraph('users', { database, redis });
  await expect.poll(() => exists(database, due)).toBe(false);
  expect(await exists(database, ada)).toBe(true);
});
