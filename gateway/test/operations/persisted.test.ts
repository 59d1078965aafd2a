import { textHash } from '@tributary/operations';
import { createTestRedis } from '@tributary/testkit';
import { Redis } from 'ioredis';
import { expect, test } from 'vitest';
import {
  type AutomaticOperations,
  createAutomaticOperations,
} from '../../src/operations/persisted/automatic-operations.ts';
import {
  type ClientIdentity,
  combineSources,
  createOperationSource,
} from '../../src/operations/persisted/operation-source.ts';
import {
  type PersistedMode,
  persistedConfigurationSchema,
} from '../../src/operations/persisted/persisted-configuration.ts';
import { createModes } from '../../src/operations/persisted/persisted-mode.ts';
import { createRedisTexts } from '../../src/operations/persisted/redis-texts.ts';
import type { OperationParameters } from '../../src/operations/persisted/requested-operation.ts';
import {
  createOperationResolver,
  type Resolution,
} from '../../src/operations/persisted/resolve-operation.ts';

const text = '{ me { id } }';
const id = textHash(text);
const other = '{ me { name } }';
const anybody: ClientIdentity = { name: undefined, verified: false };

interface Setup {
  mode?: PersistedMode;
  clients?: Record<string, PersistedMode>;
  automatic?: AutomaticOperations | undefined;
}

function setUp({ mode = 'allow', clients = {}, ...rest }: Setup = {}) {
  const unregistered: string[] = [];
  const source = createOperationSource([
    { id, text, origin: 'a' },
    { id: 'relay-17', text: '{ relay }', origin: 'b' },
  ]);
  const resolve = createOperationResolver({
    source,
    automatic:
      'automatic' in rest ? rest.automatic : createAutomaticOperations({ maxBytes: 10_000 }),
    modeOf: createModes({ mode, clients }),
    onUnregistered: (operation) => unregistered.push(operation.text),
  });
  return {
    unregistered,
    resolve: async (parameters: OperationParameters, client = anybody) =>
      summary(await resolve(parameters, client)),
  };
}

function summary(resolution: Resolution) {
  if (resolution.kind === 'resolved') return resolution.text;
  const { code, message, field } = resolution.error;
  return [code, field?.join('.') ?? message];
}

const automatically = (sha256Hash: unknown, version: unknown = 1) => ({
  extensions: { persistedQuery: { version, sha256Hash } },
});

test.each<[string, OperationParameters]>([
  ['documentId', { documentId: id }],
  ['documentId with its algorithm', { documentId: `sha256:${id}` }],
  ['doc_id', { doc_id: id }],
  ['the path', { pathId: id }],
  ['a persisted query’s hash', automatically(id)],
  ['several that agree', { documentId: `sha256:${id}`, doc_id: id, pathId: id }],
  ['its id and its text', { documentId: id, query: text }],
])('a registered operation is named by %s, in every mode', async (_, parameters) => {
  for (const mode of ['allow', 'log', 'registered-only'] as const) {
    const { resolve, unregistered } = setUp({ mode });
    expect(await resolve(parameters)).toBe(text);
    expect(unregistered).toEqual([]);
  }
});

test('an id that is no hash is as good', async () => {
  expect(await setUp().resolve({ doc_id: 'relay-17' })).toBe('{ relay }');
});

test.each<[string, OperationParameters, unknown[]]>([
  ['no operation at all', {}, ['INVALID_INPUT', 'query']],
  ['nothing but nulls', { query: null, documentId: null }, ['INVALID_INPUT', 'query']],
  ['a query that is no text', { query: { a: 1 } }, ['INVALID_INPUT', 'query']],
  ['two ids', { documentId: id, doc_id: 'relay-17' }, ['INVALID_INPUT', 'doc_id']],
  ['an id with another text', { documentId: id, query: other }, ['INVALID_INPUT', 'query']],
  ['an id that is no text', { documentId: ['a'] }, ['INVALID_INPUT', 'documentId']],
  ['a huge id', { documentId: 'a'.repeat(257) }, ['INVALID_INPUT', 'documentId']],
  ['an empty id', { documentId: '' }, ['INVALID_INPUT', 'documentId']],
  [
    'the id __proto__',
    { documentId: '__proto__' },
    ['PERSISTED_QUERY_NOT_FOUND', 'PersistedQueryNotFound'],
  ],
  [
    'the id constructor',
    { doc_id: 'constructor' },
    ['PERSISTED_QUERY_NOT_FOUND', 'PersistedQueryNotFound'],
  ],
  [
    'the hash __proto__',
    automatically('__proto__'),
    ['PERSISTED_QUERY_NOT_FOUND', 'PersistedQueryNotFound'],
  ],
  [
    'the path toString',
    { pathId: 'toString' },
    ['PERSISTED_QUERY_NOT_FOUND', 'PersistedQueryNotFound'],
  ],
  [
    'a prefix and nothing',
    { documentId: 'sha256:' },
    ['PERSISTED_QUERY_NOT_FOUND', 'PersistedQueryNotFound'],
  ],
  [
    'a prefix twice',
    { documentId: `sha256:sha256:${id}` },
    ['PERSISTED_QUERY_NOT_FOUND', 'PersistedQueryNotFound'],
  ],
  [
    'an id in capitals',
    { documentId: id.toUpperCase() },
    ['PERSISTED_QUERY_NOT_FOUND', 'PersistedQueryNotFound'],
  ],
  [
    'a hash that is another text’s',
    { query: other, ...automatically(textHash('{ x }')) },
    ['INVALID_INPUT', 'extensions.persistedQuery.sha256Hash'],
  ],
  [
    'a hash that is none',
    { query: other, ...automatically(null) },
    ['INVALID_INPUT', 'extensions.persistedQuery.sha256Hash'],
  ],
  ['another version', automatically(id, 2), ['INVALID_INPUT', 'extensions.persistedQuery.version']],
])('%s is refused', async (_, parameters, refusal) => {
  expect(await setUp().resolve(parameters)).toEqual(refusal);
});

test('a client registers a text by its hash, as Apollo’s link does, and then sends the hash alone', async () => {
  const { resolve } = setUp();
  const byHash = automatically(textHash(other));

  expect(await resolve(byHash)).toEqual(['PERSISTED_QUERY_NOT_FOUND', 'PersistedQueryNotFound']);
  expect(await resolve({ query: other, ...byHash })).toBe(other);
  expect(await resolve(byHash)).toBe(other);
});

test('where clients register nothing themselves, their link is told to send texts', async () => {
  const { resolve } = setUp({ automatic: undefined });
  const byHash = automatically(textHash(other));

  expect(await resolve(byHash)).toEqual([
    'PERSISTED_QUERY_NOT_SUPPORTED',
    'PersistedQueryNotSupported',
  ]);
  expect(await resolve({ query: other, ...byHash })).toBe(other);
});

test('only registered operations run where nothing else may, and only by id', async () => {
  const automatic = createAutomaticOperations({ maxBytes: 10_000 });
  automatic.register(textHash(other), other);
  const { resolve } = setUp({ mode: 'registered-only', automatic });

  const required = ['PERSISTED_QUERY_ID_REQUIRED', expect.stringContaining('documentId')];
  expect(await resolve({ query: text })).toEqual(required);
  expect(await resolve({ query: other, ...automatically(textHash(other)) })).toEqual(required);
  expect(await resolve({ query: other, documentId: 'unknown' })).toEqual(required);
  expect(await resolve(automatically(textHash(other)))).toEqual([
    'PERSISTED_QUERY_NOT_FOUND',
    'PersistedQueryNotFound',
  ]);
});

test('what is not registered runs and is told in mode log', async () => {
  const { resolve, unregistered } = setUp({ mode: 'log' });

  await resolve({ query: text });
  await resolve({ query: other });
  await resolve({ query: '{ auto }', ...automatically(textHash('{ auto }')) });

  expect(unregistered).toEqual([other, '{ auto }']);
});

test('a client’s name makes its mode stricter, but looser only when it is proved', async () => {
  const strict = setUp({ mode: 'registered-only', clients: { web: 'allow' } });
  const open = setUp({ clients: { partner: 'registered-only' } });
  const refusal = ['PERSISTED_QUERY_ID_REQUIRED', expect.any(String)];

  expect(await strict.resolve({ query: other }, { name: 'web', verified: false })).toEqual(refusal);
  expect(await strict.resolve({ query: other }, { name: 'web', verified: true })).toBe(other);
  expect(await strict.resolve({ query: other }, { name: '__proto__', verified: true })).toEqual(
    refusal,
  );
  expect(await open.resolve({ query: other }, { name: 'partner', verified: false })).toEqual(
    refusal,
  );
  expect(await open.resolve({ query: other }, { name: 'partner', verified: true })).toEqual(
    refusal,
  );
  expect(await open.resolve({ query: other }, { name: 'web', verified: false })).toBe(other);
});

test('a source may know operations of one client alone', async () => {
  const partners = {
    find: (asked: string, { name, verified }: ClientIdentity) =>
      asked === 'v2' && name === 'partner' && verified
        ? { id: 'v2', text: other, origin: 'p' }
        : undefined,
    findText: () => undefined,
  };
  const source = combineSources([createOperationSource([{ id, text, origin: 'a' }]), partners]);

  expect(source.find('v2', { name: 'partner', verified: true })?.text).toBe(other);
  expect(source.find('v2', { name: 'partner', verified: false })).toBeUndefined();
  expect(source.find(id, anybody)?.text).toBe(text);
});

test('two texts of one id are refused, with both places', () => {
  const twice = [
    { id: 'x', text, origin: 'one.json' },
    { id: 'x', text: other, origin: 'two.json' },
  ];

  expect(() => createOperationSource(twice)).toThrow(
    'two.json and one.json register different texts as x.',
  );
});

test('texts that clients registered take no more memory than they may', async () => {
  const automatic = createAutomaticOperations({ maxBytes: 2000 });
  const texts = Array.from({ length: 50 }, (_, n) => `{ field${n} }`);
  for (const each of texts) automatic.register(textHash(each), each);

  const kept = texts.filter((each) => automatic.find(textHash(each)) !== undefined);

  expect(kept.length).toBeGreaterThan(5);
  expect(kept.length).toBeLessThan(15);
  expect(kept.at(-1)).toBe('{ field49 }');
  expect(automatic.register(textHash('x'.repeat(3000)), 'x'.repeat(3000))).toBe(true);
  expect(automatic.find(textHash('x'.repeat(3000)))).toBeUndefined();
});

test('gateways share what clients registered, for a while, and trust no text but by its hash', async () => {
  await using server = await createTestRedis();
  await using resources = new AsyncDisposableStack();
  const redis = resources.adopt(new Redis(server.url), (client) => client.disconnect());
  const errors: unknown[] = [];
  const gateway = () =>
    createAutomaticOperations({
      maxBytes: 10_000,
      shared: createRedisTexts(redis, 60),
      onSharedError: (error) => errors.push(error),
    });

  gateway().register(textHash(other), other);
  const found = await gateway().find(textHash(other));
  const [key] = await redis.keys('*');
  const timeToLive = await redis.ttl(key ?? '');
  await redis.set(key ?? '', '{ forged }');

  expect(found).toBe(other);
  expect(timeToLive).toBeGreaterThan(0);
  expect(timeToLive).toBeLessThanOrEqual(60);
  expect(await gateway().find(textHash(other))).toBeUndefined();
  expect(errors).toEqual([]);
});

test('without the shared store, texts are found in memory and unknown ones are asked for again', async () => {
  const errors: unknown[] = [];
  const away = new Error('Redis is away');
  const automatic = createAutomaticOperations({
    maxBytes: 10_000,
    shared: { get: () => Promise.reject(away), set: () => Promise.reject(away) },
    onSharedError: (error) => errors.push(error),
  });

  expect(await automatic.find(textHash(other))).toBeUndefined();
  expect(automatic.register(textHash(other), other)).toBe(true);
  expect(automatic.find(textHash(other))).toBe(other);
  await expect.poll(() => errors).toEqual([away, away]);
});

test('the configuration names what is wrong in it', () => {
  expect(persistedConfigurationSchema.parse({})).toMatchObject({ mode: 'allow', clients: {} });
  expect(() => persistedConfigurationSchema.parse({ clients: { web: 'open' } })).toThrow(/web/);
});
