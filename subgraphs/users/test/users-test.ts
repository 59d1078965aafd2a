import { randomUUID } from 'node:crypto';
import type { Principal, UserPrincipal } from '@tributary/chassis';
import {
  createTestDatabase,
  createTestRedis,
  person,
  type SubgraphProcess,
  startSubgraph,
  type TestDatabase,
} from '@tributary/testkit';
import { test as base } from 'vitest';
import { openMailbox } from './mailbox.ts';

export const anonymous = { kind: 'anonymous' } as const;

export const uniqueEmail = (): string => `${randomUUID()}@example.com`;

export const publicUrl = 'https://tributary.example.com';

interface Ending {
  onCleanup(end: () => PromiseLike<void>): void;
}

function ended<Resource extends AsyncDisposable>(resource: Resource, { onCleanup }: Ending) {
  onCleanup(() => resource[Symbol.asyncDispose]());
  return resource;
}

// biome-ignore lint/correctness/noEmptyPattern: vitest reads a fixture's needs off this pattern.
const startDatabase = async ({}: object, ending: Ending) =>
  ended(await createTestDatabase('users'), ending);
// biome-ignore lint/correctness/noEmptyPattern: as above.
const startRedis = async ({}: object, ending: Ending) => ended(await createTestRedis(), ending);
const startUsers = async (
  { database, redis }: { database: { url: string }; redis: { url: string } },
  ending: Ending,
) => {
  const environment = { PUBLIC_URL: publicUrl };
  return ended(await startSubgraph('users', { database, redis, environment }), ending);
};
const startMailbox = async ({ redis }: { redis: { url: string } }, ending: Ending) =>
  ended(await openMailbox(redis.url), ending);

/** The one to take. Tests share one running service, also across files: each signs up people of its own, and leaves the service and its stores as they were. */
export const test = base
  .extend('database', { scope: 'worker' }, startDatabase)
  .extend('redis', { scope: 'worker' }, startRedis)
  .extend('users', { scope: 'worker' }, startUsers)
  .extend('mailbox', { scope: 'worker' }, startMailbox);

/** For files that start the service with other settings (`override`): all of it is the file's own. */
export const testAlone = base
  .extend('database', { scope: 'file' }, startDatabase)
  .extend('redis', { scope: 'file' }, startRedis)
  .extend('users', { scope: 'file' }, startUsers)
  .extend('mailbox', { scope: 'file' }, startMailbox);

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

/** Sends a mutation with an input, and answers its payload. From an address of its own unless told otherwise, since attempts and mails are counted by address. */
export async function mutate(
  users: SubgraphProcess,
  principal: Principal,
  [name, inputType, fields]: [name: string, inputType: string | null, fields: string],
  input?: object,
  headers: Record<string, string> = { 'x-client-address': randomUUID() },
) {
  const document =
    inputType === null
      ? `mutation { ${name} { ${fields} userErrors { code message field } } }`
      : `mutation ($input: ${inputType}!) { ${name}(input: $input) { ${fields} userErrors { code message field } } }`;
  const { data, errors } = await users.query(principal, document, { input }, headers);
  if (errors)
    throw Object.assign(new Error(errors[0]?.message), { code: errors[0]?.extensions.code });
  return data[name];
}

/** Signs in, from an address of its own unless told otherwise. */
export const signIn = (
  users: SubgraphProcess,
  { email, password, deviceToken }: { email: string; password: string; deviceToken?: string },
  address: string = randomUUID(),
) =>
  mutate(
    users,
    anonymous,
    [
      'signIn',
      'SignInInput',
      'mailSent secondFactor { challenge } session { accessToken deviceToken }',
    ],
    { email, password, ...(deviceToken !== undefined && { deviceToken }) },
    { 'x-client-address': address },
  );
