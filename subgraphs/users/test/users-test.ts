import { randomUUID } from 'node:crypto';
import type { UserPrincipal } from '@tributary/chassis';
import {
  createTestDatabase,
  createTestRedis,
  person,
  type SubgraphProcess,
  startSubgraph,
  type TestDatabase,
} from '@tributary/testkit';
import { test as base } from 'vitest';

export const anonymous = { kind: 'anonymous' } as const;

export const uniqueEmail = (): string => `${randomUUID()}@example.com`;

export const publicUrl = 'https://tributary.example.com';

/** Tests of a file share one running service; each signs up people of its own. */
export const test = base
  // biome-ignore lint/correctness/noEmptyPattern: vitest reads a fixture's needs off this pattern.
  .extend('database', { scope: 'file' }, async ({}, { onCleanup }) => {
    const database = await createTestDatabase('users');
    onCleanup(() => database[Symbol.asyncDispose]());
    return database;
  })
  // biome-ignore lint/correctness/noEmptyPattern: as above.
  .extend('redis', { scope: 'file' }, async ({}, { onCleanup }) => {
    const redis = await createTestRedis();
    onCleanup(() => redis[Symbol.asyncDispose]());
    return redis;
  })
  .extend('users', { scope: 'file' }, async ({ database, redis }, { onCleanup }) => {
    const environment = { PUBLIC_URL: publicUrl };
    const users = await startSubgraph('users', { database, redis, environment });
    onCleanup(() => users[Symbol.asyncDispose]());
    return users;
  });

export interface Account {
  id: string;
  email: string;
  password: string;
  workspace: string;
  accessToken: string;
  principal: UserPrincipal;
}

const signUpMutation = (fields: string) => `mutation ($input: SignUpInput!) {
  signUp(input: $input) {
    session { accessToken ${fields} user { id workspace { id } } }
    userErrors { code message field }
  }
}`;

/** A new account with a workspace of its own, and the principal that the gateway would make of its token. */
export async function signUp(
  users: SubgraphProcess,
  input: { email?: string; password?: string; name?: string; workspaceName?: string } = {},
  fields: '' | 'refreshToken' = '',
): Promise<Account & { refreshToken: string }> {
  const details = {
    email: uniqueEmail(),
    password: 'correct horse battery',
    name: 'Ada Lovelace',
    ...input,
  };
  const { data } = await users.query(anonymous, signUpMutation(fields), { input: details });
  const { accessToken, refreshToken, user } = data.signUp.session;
  const principal = person({ subject: user.id, workspace: user.workspace.id });
  const workspace: string = user.workspace.id;
  return { ...details, id: user.id, workspace, accessToken, refreshToken, principal };
}

/** Makes somebody a member of another workspace, for which there is no mutation yet; answers the membership's id. */
export async function join(
  { pool }: TestDatabase,
  userId: string,
  workspace: string,
  role = 'VIEWER',
): Promise<string> {
  const id = randomUUID();
  await pool.query(
    'INSERT INTO membership (id, user_id, workspace_id, role) VALUES ($1, $2, $3, $4::role)',
    [id, userId, workspace, role],
  );
  return id;
}

export const signInMutation = `mutation ($input: SignInInput!) {
  signIn(input: $input) {
    session { accessToken expiresAt user { id email workspace { id } } }
    userErrors { code message field }
  }
}`;

export const entitiesQuery = `query ($representations: [_Any!]!) {
  _entities(representations: $representations) {
    ... on User { id email }
    ... on Workspace { id name }
    ... on Membership { id role }
  }
}`;
