import { randomUUID } from 'node:crypto';
import { person, type SubgraphProcess } from '@tributary/testkit';
import { expect } from 'vitest';
import { anonymous, entitiesQuery, join, signUp, test } from './users-test.ts';

const reference = (__typename: string, id: string) => ({ __typename, id });

test('without a token there is no viewer, no workspace and no entity', async ({ users }) => {
  const { id } = await signUp(users);
  const root = await users.query(anonymous, '{ viewer { id } workspace { id } }');
  expect(root).toEqual({ data: { viewer: null, workspace: null } });
  const representations = [reference('User', id)];
  const { data, errors } = await users.query(anonymous, entitiesQuery, { representations });
  expect(data._entities).toEqual([null]);
  expect(errors?.[0]?.extensions.code).toBe('UNAUTHENTICATED');
});

test('the viewer sees all of their own memberships, whichever workspace the token speaks for', async ({
  users,
  database,
}) => {
  const ada = await signUp(users);
  const other = await signUp(users, { workspaceName: 'Elsewhere' });
  await join(database, ada.id, other.workspace, 'EDITOR');
  const { data } = await users.query(
    ada.principal,
    '{ viewer { id workspace { id } memberships { role workspace { id name } } } }',
  );
  expect(data.viewer).toEqual({
    id: ada.id,
    workspace: { id: ada.workspace },
    memberships: [
      { role: 'OWNER', workspace: { id: ada.workspace, name: 'Ada Lovelace’s workspace' } },
      { role: 'EDITOR', workspace: { id: other.workspace, name: 'Elsewhere' } },
    ],
  });
});

test('of another member only the membership of the shared workspace is seen', async ({
  users,
  database,
}) => {
  const ada = await signUp(users);
  const grace = await signUp(users);
  const shared = await join(database, grace.id, ada.workspace);
  const { data } = await users.query(
    ada.principal,
    `query ($representations: [_Any!]!) {
      _entities(representations: $representations) {
        ... on User { id workspace { id } memberships { id workspace { id } } }
      }
    }`,
    { representations: [reference('User', grace.id)] },
  );
  expect(data._entities).toEqual([
    {
      id: grace.id,
      workspace: { id: ada.workspace },
      memberships: [{ id: shared, workspace: { id: ada.workspace } }],
    },
  ]);
});

test("one's own workspace, its members and their memberships are found by reference", async ({
  users,
  database,
}) => {
  const ada = await signUp(users);
  const grace = await signUp(users);
  const membership = await join(database, grace.id, ada.workspace, 'ADMIN');
  const representations = [
    reference('User', ada.id),
    reference('User', grace.id),
    reference('Workspace', ada.workspace),
    reference('Membership', membership),
  ];
  const { data } = await users.query(ada.principal, entitiesQuery, { representations });
  expect(data._entities).toEqual([
    { id: ada.id, email: ada.email },
    { id: grace.id, email: grace.email },
    { id: ada.workspace, name: 'Ada Lovelace’s workspace' },
    { id: membership, role: 'ADMIN' },
  ]);
});

test("another workspace's users, workspace and memberships are as absent as ids that do not exist", async ({
  users,
  database,
}) => {
  const ada = await signUp(users);
  const stranger = await signUp(users);
  const { rows } = await database.pool.query('SELECT id FROM membership WHERE user_id = $1', [
    stranger.id,
  ]);
  const strangers = [
    reference('User', stranger.id),
    reference('Workspace', stranger.workspace),
    reference('Membership', rows[0].id),
  ];
  const visible = await users.query(stranger.principal, entitiesQuery, {
    representations: strangers,
  });
  expect(visible.data._entities).not.toContain(null);

  const absent = ['User', 'Workspace', 'Membership'].flatMap((name) => [
    reference(name, randomUUID()),
    reference(name, 'no-uuid'),
  ]);
  const representations = [...strangers, ...absent];
  const hidden = await users.query(ada.principal, entitiesQuery, { representations });
  expect(hidden).toEqual({ data: { _entities: representations.map(() => null) } });
});

test('a token for a workspace that is not there has no viewer and no workspace', async ({
  users,
}) => {
  await signUp(users);
  const answer = await users.query(person(), '{ viewer { id } workspace { id } }');
  expect(answer).toEqual({ data: { viewer: null, workspace: null } });
});

test('another workspace one belongs to shows its members only to a token of its own', async ({
  users,
  database,
}) => {
  const ada = await signUp(users);
  const other = await signUp(users);
  await join(database, ada.id, other.workspace);
  const document =
    '{ viewer { memberships { workspace { members { edges { node { user { id } } } } } } } }';
  const { data, errors } = await users.query(ada.principal, document);
  expect(data).toEqual({ viewer: null });
  expect(errors?.map((error) => error.extensions.code)).toEqual(['FORBIDDEN']);
});

test('by reference only the workspace that the token speaks for is found, even when one belongs to both', async ({
  users,
  database,
}) => {
  const ada = await signUp(users);
  const other = await signUp(users);
  const membership = await join(database, ada.id, other.workspace);
  const representations = [
    reference('Workspace', other.workspace),
    reference('Membership', membership),
  ];
  const ask = (workspace: string) =>
    users.query({ ...ada.principal, workspace }, entitiesQuery, { representations });
  expect(await ask(ada.workspace)).toEqual({ data: { _entities: [null, null] } });
  expect((await ask(other.workspace)).data._entities).toEqual([
    { id: other.workspace, name: 'Ada Lovelace’s workspace' },
    { id: membership, role: 'VIEWER' },
  ]);
});

test('seeing other members takes the scope read:members, seeing oneself does not', async ({
  users,
  database,
}) => {
  const ada = await signUp(users);
  const grace = await signUp(users);
  const membership = await join(database, grace.id, ada.workspace);
  const limited = { ...ada.principal, scopes: ['read:alerts'] as const };
  const own = await users.query(limited, '{ viewer { id memberships { id } } workspace { id } }');
  expect(own.errors).toBeUndefined();
  expect(own.data.viewer.id).toBe(ada.id);

  const list = await users.query(limited, '{ workspace { members { edges { cursor } } } }');
  expect(list.errors?.map((error) => error.extensions.code)).toEqual(['FORBIDDEN']);
  const representations = [reference('User', grace.id), reference('Membership', membership)];
  const others = await users.query(limited, entitiesQuery, { representations });
  expect(others.data._entities).toEqual([null, null]);
  expect(others.errors?.map((error) => error.extensions.code)).toEqual(['FORBIDDEN', 'FORBIDDEN']);
});

test('members are listed oldest first, page by page, each once', async ({ users, database }) => {
  const ada = await signUp(users);
  await addMembers(database, ada.workspace, 6);
  const document = `query ($after: String) {
    workspace { members(first: 3, after: $after) {
      edges { node { user { id } joinedAt } } pageInfo { hasNextPage endCursor }
    } }
  }`;
  const seen: { user: { id: string }; joinedAt: string }[] = [];
  let after: string | null = null;
  const pageSizes: number[] = [];
  do {
    const { data } = await users.query(ada.principal, document, { after });
    const { edges, pageInfo } = data.workspace.members;
    pageSizes.push(edges.length);
    seen.push(...edges.map((edge: { node: (typeof seen)[number] }) => edge.node));
    after = pageInfo.hasNextPage ? pageInfo.endCursor : null;
  } while (after);
  expect(pageSizes).toEqual([3, 3, 1]);
  expect(new Set(seen.map((node) => node.user.id)).size).toBe(7);
  expect(seen.map((node) => node.joinedAt)).toEqual(seen.map((node) => node.joinedAt).toSorted());
});

test.for([{ first: 0 }, { first: 101 }, { after: 'not a cursor' }])(
  'a page that cannot be is refused as INVALID_INPUT: %o',
  async (page, { users }) => {
    const ada = await signUp(users);
    const { errors } = await users.query(
      ada.principal,
      `query ($first: Int, $after: String) {
        workspace { members(first: $first, after: $after) { edges { cursor } } }
      }`,
      page,
    );
    expect(errors?.map((error) => error.extensions.code)).toEqual(['INVALID_INPUT']);
  },
);

test('listing twelve members takes as many SQL statements as listing two', async ({
  users,
  database,
}) => {
  const [small, large] = await Promise.all([signUp(users), signUp(users)]);
  await addMembers(database, small.workspace, 1);
  await addMembers(database, large.workspace, 11);
  const document = `{ workspace { members(first: 50) { edges { node {
    role user { name memberships { role workspace { name } } workspace { name } } workspace { name }
  } } } } }`;
  const list = async (account: typeof small) => {
    const { data } = await users.query(account.principal, document);
    return data.workspace.members.edges.length;
  };
  const ofTwo = await countStatements(users, () => list(small));
  const ofTwelve = await countStatements(users, () => list(large));
  expect([ofTwo.answer, ofTwelve.answer]).toEqual([2, 12]);
  expect(ofTwo.statements).toBeGreaterThan(0);
  expect(ofTwelve.statements).toBe(ofTwo.statements);
});

/** Members who all joined in the same millisecond, so that pages need their ids. */
async function addMembers(
  { pool }: Parameters<typeof join>[0],
  workspace: string,
  count: number,
): Promise<void> {
  await pool.query(
    `WITH people AS (
       INSERT INTO user_account (id, email, name, password_hash)
       SELECT gen_random_uuid(), gen_random_uuid() || '@example.com', 'Member ' || number, '-'
       FROM generate_series(1, $2::int) AS number RETURNING id)
     INSERT INTO membership (id, user_id, workspace_id, role)
     SELECT gen_random_uuid(), id, $1, 'VIEWER' FROM people`,
    [workspace, count],
  );
}

/** The fewest of several runs: the outbox relay's own statements fall into some of them. */
async function countStatements<Answer>(users: SubgraphProcess, run: () => Promise<Answer>) {
  const counts: number[] = [];
  let answer = await run();
  while (counts.length < 10) {
    const before = await sqlStatements(users);
    answer = await run();
    counts.push((await sqlStatements(users)) - before);
  }
  return { answer, statements: Math.min(...counts) };
}

async function sqlStatements({ url }: SubgraphProcess): Promise<number> {
  const metrics = await (await fetch(`${url}/metrics`)).text();
  return Number(/^sql_statements_total\{.*\} (\d+)$/m.exec(metrics)?.[1]);
}
