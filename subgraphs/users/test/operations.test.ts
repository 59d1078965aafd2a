import { randomUUID } from 'node:crypto';
import { operationsChangedChannel } from '@tributary/operations';
import { Redis } from 'ioredis';
import { expect } from 'vitest';
import { entriesOf } from './audit-rows.ts';
import {
  askAsGateway,
  createPartner,
  manifest,
  operationsOf,
  people,
  sales,
} from './operations-test.ts';
import { mutate, signUp, test } from './users-test.ts';

test('a pushed version runs once it is activated, and the one before stops', async ({ users }) => {
  const { principal } = await signUp(users);
  const partner = operationsOf(users, principal, await createPartner(users, principal));
  const first = await partner.push([manifest({ Sales: sales })], 'commit 1');
  expect(first).toMatchObject({
    manifest: { version: 1, state: 'UPLOADED', note: 'commit 1', operationCount: 1 },
    problems: [],
    userErrors: [],
  });
  await partner.push([manifest({ Sales: sales, People: people })]);
  expect(await partner.states()).toEqual({ active: null, states: ['UPLOADED', 'UPLOADED'] });
  expect((await partner.activate(1)).manifest.state).toBe('ACTIVE');
  expect((await partner.activate(2)).manifest.state).toBe('ACTIVE');
  expect(await partner.states()).toEqual({ active: 2, states: ['ACTIVE', 'RETIRED'] });
});

test('rolling back brings the version before back, or any other that ever ran', async ({
  users,
}) => {
  const { principal } = await signUp(users);
  const partner = operationsOf(users, principal, await createPartner(users, principal));
  for (const version of [1, 2, 3, 4]) {
    await partner.push([manifest({ Sales: `${sales} # ${version}` })]);
    if (version !== 2) await partner.activate(version);
  }
  expect((await partner.rollBack()).manifest).toMatchObject({ version: 3, state: 'ACTIVE' });
  expect((await partner.rollBack(1)).manifest).toMatchObject({ version: 1, state: 'ACTIVE' });
  expect(await partner.states()).toEqual({
    active: 1,
    states: ['RETIRED', 'RETIRED', 'UPLOADED', 'ACTIVE'],
  });
  const neverRan = await partner.rollBack(2);
  expect(neverRan.userErrors[0]).toMatchObject({ code: 'CONFLICT', field: ['input', 'version'] });
  expect(neverRan.userErrors[0].message).toBe('Version 2 never ran: activate it.');
  const nothingBefore = await partner.rollBack();
  expect(nothingBefore.userErrors[0].message).toBe('No version before 1 ever ran.');
});

test('a retired version runs no more, and is not activated again', async ({ users }) => {
  const { principal } = await signUp(users);
  const partner = operationsOf(users, principal, await createPartner(users, principal));
  await partner.push([manifest({ Sales: sales })]);
  await partner.push([manifest({ Sales: sales })]);
  await partner.activate(1);
  expect((await partner.retire(1)).manifest.state).toBe('RETIRED');
  expect((await partner.retire(2)).manifest.state).toBe('RETIRED');
  expect(await partner.states()).toEqual({ active: null, states: ['RETIRED', 'RETIRED'] });
  const messages = [
    (await partner.activate(1)).userErrors[0].message,
    (await partner.activate(2)).userErrors[0].message,
    (await partner.retire(2)).userErrors[0].message,
    (await partner.rollBack()).userErrors[0].message,
    (await partner.activate(9)).userErrors[0].message,
  ];
  expect(messages).toEqual([
    'Version 1 ran before: roll back to it.',
    'Version 2 was retired before it ever ran: push its operations again.',
    'Version 2 is retired already.',
    'Nothing is active: say which version to bring back.',
    'There is no such version of its operations.',
  ]);
  expect((await partner.rollBack(1)).manifest.state).toBe('ACTIVE');
});

test('every change is in the audit log, with what ran before and after', async ({
  users,
  database,
}) => {
  const { principal, workspace } = await signUp(users);
  const clientId = await createPartner(users, principal);
  const partner = operationsOf(users, principal, clientId);
  await partner.push([manifest({ Sales: sales })], 'one');
  await partner.push([manifest({ People: people })], 'two');
  await partner.activate(1);
  await partner.activate(2);
  await partner.rollBack();
  await partner.retire(1);
  await mutate(
    users,
    principal,
    ['setOperationMode', 'SetOperationModeInput', 'apiClient { operationMode }'],
    { clientId, mode: 'ANY' },
  );
  const entries = await entriesOf(database, workspace);
  const seen = entries
    .filter(({ targetId, action }) => targetId === clientId && action !== 'apiClient.created')
    .map(({ action, before, after }) => [action, before, after]);
  expect(seen).toEqual([
    ['operations.pushed', null, { version: 1, operations: 1, note: 'one' }],
    ['operations.pushed', null, { version: 2, operations: 1, note: 'two' }],
    ['operations.activated', { version: null }, { version: 1 }],
    ['operations.activated', { version: 1 }, { version: 2 }],
    ['operations.rolledBack', { version: 2 }, { version: 1 }],
    ['operations.retired', { version: 1, state: 'ACTIVE' }, { version: 1, state: 'RETIRED' }],
    ['apiClient.changed', { operationMode: 'REGISTERED' }, { operationMode: 'ANY' }],
  ]);
});

test('gateways are told what a client runs, and only gateways; an unchanged answer is not sent again', async ({
  users,
  redis,
}) => {
  const { principal } = await signUp(users);
  const clientId = await createPartner(users, principal);
  const partner = operationsOf(users, principal, clientId);
  await using subscriber = Object.assign(new Redis(redis.url), {
    [Symbol.asyncDispose]: async () => subscriber.disconnect(),
  });
  const told: string[] = [];
  subscriber.on('message', (_, message) => told.push(message));
  await subscriber.subscribe(operationsChangedChannel);
  expect((await askAsGateway(users, clientId)).body).toEqual({
    mode: 'REGISTERED',
    version: null,
    operations: [],
  });
  await partner.push([manifest({ Sales: sales })]);
  expect(told).not.toContain(clientId);
  await partner.activate(1);
  await expect.poll(() => told).toContain(clientId);
  const { etag, body } = await askAsGateway(users, clientId);
  expect(body).toEqual({
    ...{ mode: 'REGISTERED', version: 1 },
    operations: [{ id: 'sales-id', text: sales }],
  });
  expect((await askAsGateway(users, clientId, { 'if-none-match': etag })).status).toBe(304);
  expect((await askAsGateway(users, clientId, { 'x-passport': 'none' })).status).toBe(401);
  expect((await askAsGateway(users, randomUUID())).status).toBe(404);
  expect((await askAsGateway(users, 'no-id')).status).toBe(404);
});

test('another workspace’s client is as absent as an id that does not exist, every way in', async ({
  users,
}) => {
  const [ada, mallory] = await Promise.all([signUp(users), signUp(users)]);
  const clientId = await createPartner(users, ada.principal);
  const own = operationsOf(users, ada.principal, clientId);
  await own.push([manifest({ Sales: sales })]);
  await own.activate(1);
  const stranger = operationsOf(users, mallory.principal, clientId);
  for (const attempt of [
    stranger.push([manifest({ Sales: sales })]),
    stranger.activate(1),
    stranger.rollBack(1),
    stranger.retire(1),
    mutate(
      users,
      mallory.principal,
      ['setOperationMode', 'SetOperationModeInput', 'apiClient { id }'],
      { clientId, mode: 'ANY' },
    ),
  ]) {
    const { userErrors } = await attempt;
    expect(userErrors).toMatchObject([{ code: 'NOT_FOUND', field: ['input', 'clientId'] }]);
  }
  const { data } = await users.query(
    mallory.principal,
    'query ($id: ID!) { workspace { apiClient(id: $id) { id } apiClients { id } } }',
    { id: clientId },
  );
  expect(data.workspace).toEqual({ apiClient: null, apiClients: [] });
  expect(await own.states()).toEqual({ active: 1, states: ['ACTIVE'] });
});

test('operations are changed by people with the scope and a fresh second factor', async ({
  users,
}) => {
  const { principal, workspace } = await signUp(users);
  const clientId = await createPartner(users, principal);
  const lesser = { ...principal, scopes: ['read:clients'] as const };
  const stale = { ...principal, mfaAt: Math.floor(Date.now() / 1000) - 16 * 60 };
  const files = [manifest({ Sales: sales })];
  await expect(operationsOf(users, lesser, clientId).push(files)).rejects.toMatchObject({
    code: 'FORBIDDEN',
  });
  await expect(operationsOf(users, stale, clientId).push(files)).rejects.toMatchObject({
    code: 'MFA_REQUIRED',
  });
  const key = {
    kind: 'client',
    subject: clientId,
    workspace,
    key: randomUUID(),
    scopes: ['read:clients', 'write:clients'],
  } as const;
  const { errors } = await users.query(
    key,
    `mutation ($input: OperationVersionInput!) {
      activateOperations(input: $input) { manifest { id } }
    }`,
    { input: { clientId, version: 1 } },
  );
  expect(errors?.[0]?.extensions.code).toBe('FORBIDDEN');
});
