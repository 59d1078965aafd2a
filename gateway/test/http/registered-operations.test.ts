import { createHash } from 'node:crypto';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { person } from '@tributary/testkit';
import { expect, test } from 'vitest';
import { spawnGateway, startGateway } from '../support/gateway-process.ts';
import { startTestSupergraph } from '../support/test-supergraph.ts';
import { startTokenIssuer } from '../support/token-issuer.ts';

const title = 'query Title($id: ID!) { widget(id: $id) { title } }';
const titleUrl = (url: string) =>
  `${url}/graphql/title-1?variables=${encodeURIComponent('{"id":"7"}')}`;

/** A folder with a manifest of one operation, and a configuration that names it. */
async function registered(text: string, more: object = {}) {
  const directory = await mkdtemp(join(tmpdir(), 'tributary-registered-'));
  const manifest = {
    format: 'apollo-persisted-query-manifest',
    version: 1,
    operations: [{ id: 'title-1', name: 'Title', type: 'query', body: text }],
  };
  await writeFile(join(directory, 'manifest.json'), JSON.stringify(manifest));
  const configuration = join(directory, 'gateway.json');
  const persistedOperations = { operations: [join(directory, 'manifest.json')], ...more };
  await writeFile(configuration, JSON.stringify({ persistedOperations }));
  return {
    environment: { CONFIG: configuration },
    [Symbol.asyncDispose]: () => rm(directory, { recursive: true }),
  };
}

test('a registered operation runs by its id, with GET and POST, and says how long to keep its answer', async () => {
  await using supergraph = await startTestSupergraph();
  const sdl = await readFile(supergraph.path, 'utf8');
  const hinted = sdl.replace(/^ {2}widget\(id: ID!\): Widget.*$/m, '$& @cacheControl(maxAge: 60)');
  const definition = 'directive @cacheControl(maxAge: Int, scope: String) on FIELD_DEFINITION\n';
  await writeFile(supergraph.path, `${hinted}\n${definition}`);
  await using files = await registered(title);
  await using issuer = await startTokenIssuer();
  const environment = { ...files.environment, ...issuer.environment };
  await using gateway = await startGateway({ supergraph: supergraph.path, environment });

  const byPath = await fetch(titleUrl(gateway.url));
  const etag = byPath.headers.get('etag') ?? '';
  const again = await fetch(titleUrl(gateway.url), { headers: { 'if-none-match': etag } });
  const personal = await fetch(titleUrl(gateway.url), { headers: await issuer.bearer(person()) });
  const posted = await fetch(`${gateway.url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ documentId: 'title-1', variables: { id: '7' } }),
  });

  const answer = { data: { widget: { title: 'Widget 7' } } };
  expect(await byPath.json()).toEqual(answer);
  expect(await posted.json()).toEqual(answer);
  expect(byPath.headers.get('cache-control')).toBe('max-age=60, public');
  expect(personal.headers.get('cache-control')).toBe('max-age=60, private');
  expect(again.status).toBe(304);
});

test('where only registered operations run, everything else is refused', async () => {
  await using supergraph = await startTestSupergraph();
  await using files = await registered(title, { mode: 'registered-only' });
  await using gateway = await startGateway({
    supergraph: supergraph.path,
    environment: files.environment,
  });

  const text = await gateway.query('{ widget(id: "7") { title } }');
  const unknown = await fetch(`${gateway.url}/graphql/title-2`);
  const known = await fetch(titleUrl(gateway.url));

  expect(text.errors?.[0]?.extensions.code).toBe('PERSISTED_QUERY_ID_REQUIRED');
  expect(await unknown.json()).toMatchObject({
    errors: [{ extensions: { code: 'PERSISTED_QUERY_NOT_FOUND' } }],
  });
  expect(known.status).toBe(200);
});

test('a client registers a text by its hash and then sends the hash alone', async () => {
  await using supergraph = await startTestSupergraph();
  await using gateway = await startGateway({ supergraph: supergraph.path });
  const sha256Hash = createHash('sha256').update(title).digest('hex');
  const post = async (more: object) => {
    const extensions = { persistedQuery: { version: 1, sha256Hash } };
    const response = await fetch(`${gateway.url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ variables: { id: '7' }, extensions, ...more }),
    });
    return response.json();
  };

  expect(await post({})).toMatchObject({ errors: [{ message: 'PersistedQueryNotFound' }] });
  expect(await post({ query: title })).toEqual({ data: { widget: { title: 'Widget 7' } } });
  expect(await post({})).toEqual({ data: { widget: { title: 'Widget 7' } } });
});

test('a registered operation that the supergraph cannot serve stops the start, with its line', async () => {
  await using supergraph = await startTestSupergraph();
  await using files = await registered('query Title {\n  widget(id: "7") { name }\n}');

  const { environment } = files;
  const gateway = await spawnGateway({ supergraph: supergraph.path, environment });

  expect(await gateway.ended).toBe(78);
  expect(gateway.log()).toContain('Cannot query field');
  expect(gateway.log()).toContain('operation Title, line 2');
});
