import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createTestRedis, startSubgraph } from '@tributary/testkit';
import { expect } from 'vitest';
import { createPartner, manifest, operationsOf, people, sales } from './operations-test.ts';
import { signUp, test } from './users-test.ts';

test('operations that could not run are refused with file, line and column, all at once', async ({
  users,
}) => {
  const { principal } = await signUp(users);
  const partner = operationsOf(users, principal, await createPartner(users, principal));
  const { manifest: pushed, problems } = await partner.push([
    manifest({ Sales: 'query Sales {\n  workspace {\n    nmae\n  }\n}' }),
    { name: 'relay.json', content: JSON.stringify({ 'relay-1': 'query {\n viewer {' }) },
    { name: 'people.graphql', content: people },
    {
      name: 'deep.graphql',
      content: `query Deep ${'{ viewer { workspace '.repeat(12)}{ name }${' }}'.repeat(12)}`,
    },
  ]);
  expect(pushed).toBeNull();
  expect(problems).toEqual([
    {
      ...{ operationId: 'sales-id', origin: 'manifest.json, operation Sales', line: 3, column: 5 },
      message: expect.stringContaining('Cannot query field "nmae" on type "Workspace"'),
    },
    {
      ...{ operationId: 'relay-1', origin: 'relay.json, id relay-1', line: 2, column: 10 },
      message: expect.stringContaining('Syntax Error'),
    },
    {
      ...{ operationId: expect.stringMatching(/^[0-9a-f]{64}$/), origin: 'deep.graphql' },
      ...{ line: 1, column: 1 },
      message: 'The operation has 25 levels of nested fields; the limit is 20.',
    },
  ]);
  expect(await partner.states()).toEqual({ active: null, states: [] });
});

test.for([
  ['no file', [], 'must hold at least one file'],
  ['no JSON', [{ name: 'm.json', content: '{' }], /m\.json is not JSON/],
  ['another format', [{ name: 'm.json', content: '{"format":"x"}' }], /is not Apollo’s manifest/],
  ['no operations', [{ name: 'm.json', content: '{}' }], /no operation in these files/],
  ['an empty id', [{ name: 'm.json', content: '{"":"{ viewer { id } }"}' }], /1 to 256 characters/],
  ['NUL', [{ name: 'm.json', content: '{"a":"{ viewer { id } } #\\u0000"}' }], /NUL characters/],
  [
    'two texts by one id',
    [
      { name: 'a.json', content: '{"a":"{ viewer { id } }"}' },
      { name: 'b.json', content: '{"a":"{ viewer { name } }"}' },
    ],
    /b\.json, id a: a\.json, id a has another text by the same id/,
  ],
] as const)('%s is refused by name', async ([_, files, message], { users }) => {
  const { principal } = await signUp(users);
  const partner = operationsOf(users, principal, await createPartner(users, principal));
  const { manifest: pushed, userErrors } = await partner.push([...files]);
  expect(pushed).toBeNull();
  expect(userErrors[0]).toMatchObject({
    code: 'INVALID_INPUT',
    message: expect.stringMatching(message),
  });
  expect(userErrors[0].field.slice(0, 2)).toEqual(['input', 'files']);
});

test('what was pushed cannot be changed, not even in the database', async ({ users, database }) => {
  const { principal } = await signUp(users);
  const partner = operationsOf(users, principal, await createPartner(users, principal));
  const { manifest: pushed } = await partner.push([manifest({ Sales: sales })]);
  const change = database.pool.query(
    "UPDATE registered_operation SET text = '{ viewer { id } }' WHERE manifest_id = $1",
    [pushed.id],
  );
  await expect(change).rejects.toThrow('registered operations never change');
});

test('a version says what of it a changed graph breaks, and is not activated then; rolling back goes on', async ({
  database,
}) => {
  await using redis = await createTestRedis();
  const supergraph = join(import.meta.dirname, '../../../schema/supergraph.graphql');
  const directory = await mkdtemp(join(tmpdir(), 'tributary-graph-'));
  const file = join(directory, 'supergraph.graphql');
  const text = await readFile(supergraph, 'utf8');
  await writeFile(file, text);
  await using users = await startSubgraph('users', {
    ...{ database, redis },
    environment: { SUPERGRAPH: file },
  });
  const { principal } = await signUp(users);
  const clientId = await createPartner(users, principal);
  const partner = operationsOf(users, principal, clientId);
  await partner.push([manifest({ People: people })]);
  await partner.activate(1);
  await partner.push([manifest({ Sales: sales, People: people })]);
  await writeFile(file, text.replace(/^ {2}members\(first: Int = 20, after: String\).*$/m, ''));
  const refused = await partner.activate(2);
  expect(refused).toMatchObject({
    manifest: null,
    problems: [
      {
        ...{ operationId: 'people-id', origin: 'version 2, operation people-id' },
        ...{ line: 3, column: 5, message: 'Cannot query field "members" on type "Workspace".' },
      },
    ],
  });
  await partner.retire(1);
  const back = await partner.rollBack(1);
  expect(back.manifest.state).toBe('ACTIVE');
  expect(back.problems).toHaveLength(1);
  const { data } = await users.query(
    principal,
    'query ($id: ID!) { workspace { apiClient(id: $id) { manifests { version problems { line } } } } }',
    { id: clientId },
  );
  expect(data.workspace.apiClient.manifests).toEqual([
    { version: 2, problems: [{ line: 3 }] },
    { version: 1, problems: [{ line: 3 }] },
  ]);
  await rm(directory, { recursive: true });
});
