import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import {
  costConfigurationSchema,
  createLimitGuard,
  limitsConfigurationSchema,
  type OperationRules,
  textHash,
} from '@tributary/operations';
import { buildSchema } from 'graphql';
import { expect, test } from 'vitest';
import { loadRegisteredOperations } from '../../src/operations/persisted/load-registered-operations.ts';

const rules: OperationRules = {
  schema: buildSchema('type Query { me: User } type User { id: ID name: String bio: String }'),
  costDirectives: { weights: new Map([['User.bio', 200_000]]), listSizes: new Map() },
  cost: costConfigurationSchema.parse({}),
  limits: createLimitGuard({ limits: limitsConfigurationSchema.parse({}), onViolation: () => {} }),
  costBudget: undefined,
  introspection: true,
};
const anybody = { name: undefined, verified: false };

async function folderOf(files: Record<string, string>) {
  const directory = await mkdtemp(join(tmpdir(), 'tributary-operations-'));
  for (const [name, content] of Object.entries(files)) {
    await mkdir(dirname(join(directory, name)), { recursive: true });
    await writeFile(join(directory, name), content);
  }
  return { directory, [Symbol.asyncDispose]: () => rm(directory, { recursive: true }) };
}

const manifest = (body: string) =>
  JSON.stringify({
    format: 'apollo-persisted-query-manifest',
    version: 1,
    operations: [{ id: 'apollo-1', name: 'Me', type: 'query', body }],
  });

test('Apollo’s manifest, Relay’s map and GraphQL files are read from one folder', async () => {
  const plain = 'query A { me { id } }\nquery B { me { name } }\n';
  await using folder = await folderOf({
    'manifest.json': manifest('query Me { me { id } }'),
    'relay/map.json': JSON.stringify({ 'relay-1': '{ me { name } }' }),
    'deep/er/people.graphql': plain,
    'README.md': 'not an operation',
  });

  const source = await loadRegisteredOperations([folder.directory], rules);

  expect(source.find('apollo-1', anybody)?.text).toBe('query Me { me { id } }');
  expect(source.find('relay-1', anybody)?.text).toBe('{ me { name } }');
  expect(source.find(textHash(plain), anybody)?.text).toBe(plain);
  expect(source.findText('{ me { name } }', anybody)?.id).toBe('relay-1');
});

test('a file may be named by itself', async () => {
  await using folder = await folderOf({ 'm.json': manifest('{ me { id } }') });

  const source = await loadRegisteredOperations([join(folder.directory, 'm.json')], rules);

  expect(source.find('apollo-1', anybody)?.text).toBe('{ me { id } }');
});

test.each([
  [
    'people.graphql',
    'query {\n  me {\n    age\n  }\n}',
    /people\.graphql, line 3, column 5: Cannot query field "age"/,
  ],
  ['people.graphql', 'query {\n  me {', /people\.graphql, line 2, column 7: Syntax Error/],
  [
    'people.graphql',
    'fragment F on User { id }',
    /people\.graphql, line 1, column 1: There is no operation/,
  ],
  [
    'people.graphql',
    'fragment F on User { bio }\nquery A { me { id } }\nquery B { me { ...F } }',
    /people\.graphql, line 3, column 1: The operation has 200001 units of cost; the limit is 100000/,
  ],
  ['m.json', manifest('{\n me\n}'), /m\.json, operation Me, line 2, column 2: Field "me"/],
  [
    'r.json',
    JSON.stringify({ abc: '{ you }' }),
    /r\.json, id abc, line 1, column 3: Cannot query field "you"/,
  ],
  ['r.json', JSON.stringify({ abc: 1 }), /r\.json is not a map of ids to texts/],
  ['r.json', '{', /r\.json is not JSON/],
  ['r.json', '{"format":"other"}', /r\.json is not Apollo’s manifest/],
])('%s with %s is refused with its place', async (name, content, message) => {
  await using folder = await folderOf({ [name]: content });

  await expect(loadRegisteredOperations([folder.directory], rules)).rejects.toThrow(message);
});

test('everything that is wrong is told at once', async () => {
  await using folder = await folderOf({ 'a.graphql': '{ x }', 'b.graphql': '{ y }' });

  await expect(loadRegisteredOperations([folder.directory], rules)).rejects.toThrow(
    /a\.graphql, line 1.*\n.*b\.graphql, line 1/,
  );
});
