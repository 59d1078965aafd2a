/** Partners at real gateways, with the real users service behind them. */
import { createHash } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { GatewayProcess } from './support/gateway-process.ts';
import { codesOf, post, startPartners } from './support/partners.ts';

const title = 'query Title($id: ID!) {\n  widget(id: $id) {\n    title\n  }\n}';
const name = 'query Name {\n  widget(id: "7") {\n    metric {\n      name\n    }\n  }\n}';
const variables = { id: '7' };
const answer = { data: { widget: { title: 'Widget 7' } } };
const hashOf = (text: string) => createHash('sha256').update(text).digest('hex');

/** Where files would come from: a request that is let through finds nobody. */
const nowhere = 'http://127.0.0.1:1';

let run: Awaited<ReturnType<typeof startPartners>>;
let gateway: GatewayProcess;
let directory: string;
beforeAll(async () => {
  run = await startPartners();
  directory = await mkdtemp(join(tmpdir(), 'tributary-partners-'));
  const [map, configuration] = [join(directory, 'all.json'), join(directory, 'gateway.json')];
  await writeFile(map, JSON.stringify({ 'for-everybody': '{ widget(id: "1") { title } }' }));
  await writeFile(configuration, JSON.stringify({ persistedOperations: { operations: [map] } }));
  const files = { INGEST_URL: nowhere, EXPORT_URL: nowhere };
  gateway = await run.startGateway({ REDIS_URL: run.redis.url, CONFIG: configuration, ...files });
});
afterAll(async () => {
  await gateway?.[Symbol.asyncDispose]();
  await run?.[Symbol.asyncDispose]();
  await rm(directory, { recursive: true });
});

async function activePartner(operations: Record<string, string>) {
  const partner = await run.createPartner();
  await partner.activate(await partner.push(operations));
  return partner;
}

test('a key runs its active operations by id, by hash and by the very text, with POST and GET', async () => {
  const { headers } = await activePartner({ 'title-1': title });
  const hash = hashOf(title);
  const persisted = (sha256Hash: string) => ({ persistedQuery: { version: 1, sha256Hash } });
  for (const body of [
    { documentId: 'title-1', variables },
    { documentId: `sha256:${hash}`, variables },
    { doc_id: 'title-1', variables },
    { query: title, variables },
    { query: title, documentId: 'title-1', variables },
    { extensions: persisted(hash), variables },
  ]) {
    expect(await post(gateway, headers, body), JSON.stringify(body)).toMatchObject(answer);
  }
  const given = `variables=${encodeURIComponent(JSON.stringify(variables))}`;
  for (const path of [
    `/graphql/title-1?${given}`,
    `/graphql/${hash}?${given}`,
    `/graphql?documentId=title-1&${given}`,
    `/graphql?query=${encodeURIComponent(title)}&${given}`,
  ]) {
    const response = await fetch(`${gateway.url}${path}`, { headers });
    expect(await response.json(), path).toEqual(answer);
  }
});

test('a key takes and sends no files, unless it runs anything', async () => {
  const [registered, any] = await Promise.all([
    activePartner({ 'title-1': title }),
    run.createPartner('ANY'),
  ]);
  for (const path of ['/v1/exports/events?source=1', '/v1/imports/1/rejected']) {
    const ask = async ({ headers }: typeof any) =>
      (await fetch(`${gateway.url}${path}`, { headers })).status;
    expect([await ask(registered), await ask(any)], path).toEqual([403, 503]);
  }
});

test('a key runs nothing else: no text, no hash, no id of others, no batch', async () => {
  const [partner, other] = await Promise.all([
    activePartner({ 'title-1': title }),
    activePartner({ 'name-1': name }),
  ]);
  const { headers } = partner;
  const hash = hashOf(name);
  // Somebody else registers the text by its hash, for whoever may run it.
  const extensions = { persistedQuery: { version: 1, sha256Hash: hash } };
  expect((await post(gateway, {}, { query: name, extensions })).data).toBeTruthy();
  for (const [body, code] of [
    [{ query: name }, 'PERSISTED_QUERY_ID_REQUIRED'],
    [{ query: `${title} ` }, 'PERSISTED_QUERY_ID_REQUIRED'],
    [{ query: name, extensions }, 'PERSISTED_QUERY_ID_REQUIRED'],
    [{ extensions }, 'PERSISTED_QUERY_NOT_FOUND'],
    [{ documentId: 'name-1' }, 'PERSISTED_QUERY_NOT_FOUND'],
    [{ documentId: 'for-everybody' }, 'PERSISTED_QUERY_NOT_FOUND'],
    [{ documentId: '__proto__' }, 'PERSISTED_QUERY_NOT_FOUND'],
    [{ documentId: `title-1\0` }, 'PERSISTED_QUERY_NOT_FOUND'],
    [{ documentId: 'title-1', query: name }, 'INVALID_INPUT'],
    [{ documentId: 'title-1', doc_id: 'name-1' }, 'INVALID_INPUT'],
    [[{ documentId: 'title-1', variables }], 'INVALID_INPUT'],
  ] as const) {
    const refused = await post(gateway, headers, body);
    expect(codesOf(refused), JSON.stringify(body)).toEqual([code]);
    expect(refused.data ?? null).toBeNull();
  }
  expect((await post(gateway, other.headers, { documentId: 'name-1' })).errors).toBeUndefined();
});

test('a header that names another client changes nothing for a key', async () => {
  const { headers } = await activePartner({ 'title-1': title });
  const named = { ...headers, 'apollographql-client-name': 'web' };
  expect(codesOf(await post(gateway, named, { query: name }))).toEqual([
    'PERSISTED_QUERY_ID_REQUIRED',
  ]);
});

test('a key of a client without active operations is refused, saying what to do', async () => {
  const { headers, push } = await run.createPartner();
  await push({ 'title-1': title });
  const refused = await post(gateway, headers, { documentId: 'title-1', variables });
  expect(codesOf(refused)).toEqual(['PERSISTED_QUERY_ID_REQUIRED']);
  expect(refused.errors?.[0]?.message).toContain('tributary operations push');
});

test('a key of a client that may run anything does, by text and by its operations’ ids', async () => {
  const partner = await run.createPartner('ANY');
  await partner.activate(await partner.push({ 'title-1': title }));
  const { headers } = partner;
  expect(await post(gateway, headers, { query: title, variables })).toMatchObject(answer);
  expect((await post(gateway, headers, { query: name })).errors).toBeUndefined();
  expect(await post(gateway, headers, { documentId: 'title-1', variables })).toMatchObject(answer);
});

test('activating, rolling back and retiring are felt within five seconds, with Redis and without', async () => {
  await using apart = await run.startGateway({});
  const partner = await activePartner({ 'title-1': title });
  const { headers } = partner;
  const runs = (documentId: string) =>
    Promise.all(
      [gateway, apart].map(async (each) => {
        const { data } = await post(each, headers, { documentId, variables });
        return Boolean(data);
      }),
    );
  const within = { timeout: 5_000, interval: 100 };
  expect(await runs('title-1')).toEqual([true, true]);
  await partner.activate(await partner.push({ 'title-2': title }));
  await expect.poll(() => runs('title-2'), within).toEqual([true, true]);
  expect(await runs('title-1')).toEqual([false, false]);
  await partner.rollBack();
  await expect.poll(() => runs('title-1'), within).toEqual([true, true]);
  expect(await runs('title-2')).toEqual([false, false]);
  await partner.retire(1);
  await expect.poll(() => runs('title-1'), within).toEqual([false, false]);
});

test('what a key runs goes on while the users service is away', async () => {
  const { headers } = await activePartner({ 'title-1': title });
  const ask = () => post(gateway, headers, { documentId: 'title-1', variables });
  expect(await ask()).toMatchObject(answer);
  run.users.kill('SIGKILL');
  try {
    const until = Date.now() + 6_000;
    await expect
      .poll(async () => [(await ask()).data, Date.now() > until], { timeout: 10_000 })
      .toEqual([answer.data, true]);
  } finally {
    await run.users.restart();
  }
});

test('every request is counted by operation and day, and errors among them', async () => {
  const { headers, usage } = await activePartner({
    'title-1': title,
    'broken-1': 'query Broken { widget(id: "1") { broken } }',
  });
  for (let times = 0; times < 3; times += 1) {
    await post(gateway, headers, { documentId: 'title-1', variables });
  }
  await post(gateway, headers, { documentId: 'title-1' });
  await post(gateway, headers, { documentId: 'broken-1' });
  await post(gateway, headers, { query: name });
  const day = expect.stringMatching(/^\d{4}-\d\d-\d\d$/);
  const timed = { meanMilliseconds: expect.any(Number), p95Milliseconds: expect.any(Number) };
  await expect.poll(usage, { timeout: 20_000 }).toEqual([
    { day, operationId: 'title-1', requests: 4, errors: 1, ...timed },
    { day, operationId: null, requests: 1, errors: 1, ...timed },
    { day, operationId: 'broken-1', requests: 1, errors: 1, ...timed },
  ]);
});
