import { randomUUID } from 'node:crypto';
import type { UserPrincipal } from '@tributary/chassis';
import { parseApiKey, scopes } from '@tributary/chassis';
import { person, type SubgraphProcess } from '@tributary/testkit';
import { expect } from 'vitest';
import { entriesOf } from './audit-rows.ts';
import { forPeople, mutationNames } from './mutations.ts';
import { anonymous, join, mutate, signUp, test } from './users-test.ts';

const details = { name: 'Acme', contactEmail: 'ops@acme.example.com', scopes: ['read:analytics'] };

const createClient = (users: SubgraphProcess, who: UserPrincipal, input: object = {}) =>
  mutate(users, who, ['createApiClient', 'CreateApiClientInput', 'apiClient { id scopes }'], {
    ...details,
    ...input,
  });
const createKey = (users: SubgraphProcess, who: UserPrincipal, clientId: string) =>
  mutate(users, who, ['createApiKey', 'CreateApiKeyInput', 'key apiKey { id expiresAt }'], {
    clientId,
  });

const setBudgets = (users: SubgraphProcess, who: UserPrincipal, input: object) =>
  mutate(
    users,
    who,
    ['setClientBudgets', 'SetClientBudgetsInput', 'apiClient { requestsPerMinute costPerMinute }'],
    input,
  );

/** What a gateway asks when it sees a key. */
async function lookUp(users: SubgraphProcess, id: string, passport?: string) {
  const response = await fetch(`${users.url}/internal/api-keys/${id}`, {
    headers: { ...(passport && { 'x-passport': passport }) },
  });
  return { status: response.status, body: await response.json() };
}

async function statementsOf({ url }: SubgraphProcess): Promise<number> {
  const text = await (await fetch(`${url}/metrics`)).text();
  return Number(/^sql_statements_total\{.*\} (\d+)/m.exec(text)?.[1]);
}

test('a key is shown once, and kept as a hash', async ({ users, database }) => {
  const ada = await signUp(users);
  const { apiClient } = await createClient(users, ada.principal);
  const { key, apiKey } = await createKey(users, ada.principal, apiClient.id);
  const parsed = parseApiKey(key);
  expect(parsed?.id).toBe(apiKey.id);
  const { rows } = await database.pool.query('SELECT * FROM api_key WHERE id = $1', [apiKey.id]);
  expect(JSON.stringify(rows)).not.toContain(parsed?.secret);
  const entries = await entriesOf(database, ada.workspace);
  expect(JSON.stringify(entries)).not.toContain(parsed?.secret);
  expect(entries.map(({ action }) => action)).toEqual(
    expect.arrayContaining(['apiClient.created', 'apiKey.created']),
  );
});

test('the audit log says of whom to ask about a client no more than the domain', async ({
  users,
  database,
}) => {
  const ada = await signUp(users);
  await createClient(users, ada.principal);
  const entries = await entriesOf(database, ada.workspace);
  expect(entries.find(({ action }) => action === 'apiClient.created')?.after).toMatchObject({
    name: 'Acme',
    contactEmail: 'o…@acme.example.com',
  });
});

test('a gateway learns what a key is good for, and nobody else does', async ({ users }) => {
  const ada = await signUp(users);
  const { apiClient } = await createClient(users, ada.principal);
  const { apiKey } = await createKey(users, ada.principal, apiClient.id);
  expect((await lookUp(users, apiKey.id)).status).toBe(401);
  const passport = await users.passport(anonymous);
  const { status, body } = await lookUp(users, apiKey.id, passport);
  expect(status).toBe(200);
  // Nothing else of the partner: not whom to ask there.
  expect(body).toEqual({
    secretHash: expect.any(String),
    expiresAt: apiKey.expiresAt,
    client: apiClient.id,
    workspace: ada.workspace,
    scopes: ['read:analytics'],
    allowedOrigins: [],
    allowedAddresses: [],
    requestsPerMinute: null,
    costPerMinute: null,
  });
  expect((await lookUp(users, randomUUID(), passport)).status).toBe(404);
  // What a made-up key may name: as long as an id, and none.
  expect((await lookUp(users, 'f'.repeat(32), passport)).status).toBe(404);
  const { data } = await users.query(
    ada.principal,
    '{ workspace { apiClients { id keys { id lastUsedAt } } } }',
  );
  expect(data.workspace.apiClients).toEqual([
    { id: apiClient.id, keys: [{ id: apiKey.id, lastUsedAt: expect.any(String) }] },
  ]);
});

test('a rotated key overlaps with its successor, a revoked one stops, a retired client takes all along', async ({
  users,
}) => {
  const ada = await signUp(users);
  const { apiClient } = await createClient(users, ada.principal);
  const first = await createKey(users, ada.principal, apiClient.id);
  const rotate = (id: string, overlapHours: number) =>
    mutate(users, ada.principal, ['rotateApiKey', 'RotateApiKeyInput', 'key apiKey { id }'], {
      id,
      overlapHours,
    });
  const second = await rotate(first.apiKey.id, 1);
  const passport = await users.passport(anonymous);
  const statuses = (...ids: string[]) =>
    Promise.all(ids.map(async (id) => (await lookUp(users, id, passport)).status));
  expect(await statuses(first.apiKey.id, second.apiKey.id)).toEqual([200, 200]);
  const third = await rotate(second.apiKey.id, 0);
  expect(await statuses(second.apiKey.id, third.apiKey.id)).toEqual([404, 200]);
  const revoke = 'mutation ($id: ID!) { revokeApiKey(id: $id) { done } }';
  const { data } = await users.query(ada.principal, revoke, { id: first.apiKey.id });
  expect(data.revokeApiKey.done).toBe(true);
  expect(await statuses(first.apiKey.id)).toEqual([404]);
  await users.query(
    ada.principal,
    'mutation ($id: ID!) { retireApiClient(id: $id) { apiClient { id } } }',
    {
      id: apiClient.id,
    },
  );
  expect(await statuses(third.apiKey.id)).toEqual([404]);
});

test('gateways are told how much a key may ask for, and the audit log keeps what it was', async ({
  users,
  database,
}) => {
  const ada = await signUp(users);
  const { apiClient } = await createClient(users, ada.principal, { requestsPerMinute: 60 });
  const { apiKey } = await createKey(users, ada.principal, apiClient.id);
  const passport = await users.passport(anonymous);
  const told = async () => (await lookUp(users, apiKey.id, passport)).body;
  expect(await told()).toMatchObject({ requestsPerMinute: 60, costPerMinute: null });
  const input = { clientId: apiClient.id, costPerMinute: 5_000 };
  const changed = await setBudgets(users, ada.principal, input);
  const after = { requestsPerMinute: null, costPerMinute: 5_000 };
  expect(changed.apiClient).toEqual(after);
  expect(await told()).toMatchObject(after);
  const entries = await entriesOf(database, ada.workspace);
  expect(entries.find(({ action }) => action === 'apiClient.changed')).toMatchObject({
    before: { requestsPerMinute: 60, costPerMinute: null },
    after,
  });
});

test('nobody gives a client scopes that they lack, or that are for people', async ({ users }) => {
  const ada = await signUp(users);
  const lesser = { ...ada.principal, scopes: ['write:clients', 'read:analytics'] as const };
  const lacking = await createClient(users, lesser, { scopes: ['read:alerts'] });
  expect(lacking.userErrors[0].field).toEqual(['input', 'scopes']);
  const forPeople = await createClient(users, ada.principal, { scopes: ['write:members'] });
  expect(forPeople.userErrors[0].field).toEqual(['input', 'scopes', '0']);
});

test.for([
  [{ allowedAddresses: ['192.0.2.0/33'] }, 'allowedAddresses'],
  [{ allowedAddresses: ['shop.example.com'] }, 'allowedAddresses'],
  [{ allowedOrigins: ['https://shop.example.com/path'] }, 'allowedOrigins'],
  [{ contactEmail: 'nobody' }, 'contactEmail'],
  [{ scopes: [] }, 'scopes'],
  [{ requestsPerMinute: 0 }, 'requestsPerMinute'],
  [{ costPerMinute: 1_000_000_001 }, 'costPerMinute'],
] as const)('%o is refused by name', async ([input, field], { users }) => {
  const ada = await signUp(users);
  const { userErrors } = await createClient(users, ada.principal, input);
  expect(userErrors[0].field[1]).toBe(field);
});

test("another workspace's clients and keys are as absent as ids that do not exist", async ({
  users,
}) => {
  const [ada, mallory] = await Promise.all([signUp(users), signUp(users)]);
  const { apiClient } = await createClient(users, ada.principal);
  const { apiKey } = await createKey(users, ada.principal, apiClient.id);
  const stolen = await createKey(users, mallory.principal, apiClient.id);
  expect(stolen.userErrors[0].code).toBe('NOT_FOUND');
  const freed = await setBudgets(users, mallory.principal, { clientId: apiClient.id });
  expect(freed.userErrors[0].code).toBe('NOT_FOUND');
  const { data } = await users.query(
    mallory.principal,
    'mutation ($id: ID!) { revokeApiKey(id: $id) { done userErrors { code } } }',
    { id: apiKey.id },
  );
  const absent = { userErrors: [{ code: 'NOT_FOUND' }] };
  expect(data.revokeApiKey).toEqual({ done: false, ...absent });
  const rotated = await mutate(
    users,
    mallory.principal,
    ['rotateApiKey', 'RotateApiKeyInput', 'key'],
    { id: apiKey.id },
  );
  expect(rotated).toMatchObject({ key: null, ...absent });
  const retired = await users.query(
    mallory.principal,
    'mutation ($id: ID!) { retireApiClient(id: $id) { apiClient { id } userErrors { code } } }',
    { id: apiClient.id },
  );
  expect(retired.data.retireApiClient).toEqual({ apiClient: null, ...absent });
  const passport = await users.passport(anonymous);
  expect((await lookUp(users, apiKey.id, passport)).status).toBe(200);
});

test('invitations and clients are read in the workspace one speaks for only', async ({
  users,
  database,
}) => {
  const [ada, grace] = await Promise.all([signUp(users), signUp(users)]);
  await createClient(users, ada.principal);
  await join(database, grace.id, ada.workspace, 'OWNER');
  for (const field of ['apiClients { id }', 'invitations { id }']) {
    const { errors } = await users.query(
      grace.principal,
      `{ viewer { memberships { workspace { ${field} } } } }`,
    );
    expect(errors?.[0]?.extensions.code, field).toBe('FORBIDDEN');
  }
});

test('the keys of many clients are read with one statement', async ({ users }) => {
  const ada = await signUp(users);
  const readOnce = async () => {
    const before = await statementsOf(users);
    const { data } = await users.query(
      ada.principal,
      '{ workspace { apiClients { keys { id } } } }',
    );
    return { clients: data.workspace.apiClients, statements: (await statementsOf(users)) - before };
  };
  /** The service looks at its outbox meanwhile, or not. */
  const read = async () => {
    const times = [await readOnce(), await readOnce(), await readOnce()];
    return { ...times[2], statements: Math.min(...times.map(({ statements }) => statements)) };
  };
  await createKey(users, ada.principal, (await createClient(users, ada.principal)).apiClient.id);
  const one = await read();
  for (let more = 0; more < 4; more += 1) await createClient(users, ada.principal);
  const five = await read();
  expect(five.clients.map(({ keys }: { keys: unknown[] }) => keys.length)).toEqual([0, 0, 0, 0, 1]);
  expect(five.statements).toBe(one.statements);
});

test('what is for people is closed to API clients, whatever scopes they hold', async ({
  users,
}) => {
  const ada = await signUp(users);
  const { apiClient } = await createClient(users, ada.principal);
  const { subject: key } = person();
  const { workspace } = ada;
  const client = { kind: 'client', subject: apiClient.id, workspace, scopes, key } as const;
  for (const field of forPeople) {
    const { errors } = await users.query(client, `mutation { ${field} }`);
    expect.soft(errors?.[0]?.extensions.code, field).toBe('FORBIDDEN');
  }
  const named = new Set(forPeople.map((field) => /^\w+/.exec(field)?.[0]));
  // These need nobody signed in: they take a password, or what was mailed.
  const open = ['signUp', 'signIn', 'completeSignIn', 'unlockSignIn', 'verifyEmail'];
  const byMail = ['requestPasswordReset', 'resetPassword', 'confirmEmailChange'];
  expect([...named, ...open, ...byMail].toSorted()).toEqual(mutationNames().toSorted());
});
