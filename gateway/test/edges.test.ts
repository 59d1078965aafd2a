import { once } from 'node:events';
import { mkdir, mkdtemp, writeFile } from 'node:fs/promises';
import { type IncomingMessage, request as openRequest } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { serveHttp } from '@tributary/testkit';
import { expect, test } from 'vitest';
import { startGateway } from './support/gateway-process.ts';
import { startTestSupergraph } from './support/test-supergraph.ts';

const page = '<!doctype html><title>Tributary</title>';

async function buildWebApplication(): Promise<string> {
  const directory = await mkdtemp(join(tmpdir(), 'tributary-web-'));
  await mkdir(join(directory, 'assets'));
  await writeFile(join(directory, 'index.html'), page);
  await writeFile(join(directory, 'assets', 'index-abc123.js'), 'console.log(1)');
  return directory;
}

async function startIngestion() {
  const seen: { request: IncomingMessage; body: string }[] = [];
  const firstPart = Promise.withResolvers<string>();
  const server = await serveHttp(async (request, response) => {
    if (request.url?.endsWith('impatient')) {
      response.writeHead(408, { connection: 'close' }).end('too slow');
      return;
    }
    request.once('data', (chunk: Buffer) => firstPart.resolve(chunk.toString()));
    seen.push({ request, body: await text(request) });
    response.writeHead(202, { 'content-type': 'application/json' }).end('{"accepted":1}');
  });
  return {
    url: server.url,
    seen,
    /** What came first of a body, be it still being sent. */
    firstPart: firstPart.promise,
    [Symbol.asyncDispose]: () => server[Symbol.asyncDispose](),
  };
}

test('every page of the web application can be opened by its address', async () => {
  await using supergraph = await startTestSupergraph();
  await using gateway = await startGateway({
    supergraph: supergraph.path,
    environment: { WEB_DIRECTORY: await buildWebApplication() },
  });
  const open = (path: string, accept = 'text/html') =>
    fetch(`${gateway.url}${path}`, { headers: { accept } });

  const [root, deep, asset, data] = await Promise.all([
    open('/'),
    open('/dashboards/17'),
    open('/assets/index-abc123.js', '*/*'),
    open('/dashboards/17', 'application/json'),
  ]);

  expect(await root.text()).toBe(page);
  expect(await deep.text()).toBe(page);
  expect(deep.headers.get('cache-control')).toBe('no-cache');
  expect(asset.headers.get('cache-control')).toBe('public, max-age=31536000, immutable');
  expect(data.status).toBe(404);
  expect(root.headers.get('content-security-policy')).toContain("worker-src 'self' blob:");
});

test('a web application that is not built yet leaves the rest at work', async () => {
  await using supergraph = await startTestSupergraph();
  await using gateway = await startGateway({
    supergraph: supergraph.path,
    environment: { WEB_DIRECTORY: '/nowhere/dist' },
  });

  const answer = await fetch(gateway.url, { headers: { accept: 'text/html' } });

  expect(await answer.json()).toMatchObject({ graphql: '/graphql' });
});

test('records go through to ingestion as they came, with the request id', async () => {
  await using supergraph = await startTestSupergraph();
  await using ingestion = await startIngestion();
  await using gateway = await startGateway({
    supergraph: supergraph.path,
    environment: { INGEST_URL: ingestion.url },
  });
  const body = `{"id":"1"}\n{broken${' '.repeat(8_000_000)}`;

  const answer = await fetch(`${gateway.url}/v1/events?dry=1`, {
    method: 'POST',
    headers: {
      'content-type': 'application/x-ndjson',
      authorization: 'Bearer write-key',
      'x-request-id': 'request-3',
      'x-passport': 'made up',
    },
    body,
  });

  expect(answer.status).toBe(202);
  expect(await answer.json()).toEqual({ accepted: 1 });
  const [received] = ingestion.seen;
  expect(received?.request.url).toBe('/v1/events?dry=1');
  expect(received?.body === body).toBe(true);
  expect(received?.request.headers).toMatchObject({
    authorization: 'Bearer write-key',
    'x-request-id': 'request-3',
  });
  expect(received?.request.headers['x-passport']).toBeUndefined();
});

test('what was sent of a body is at ingestion while the rest is still to come, and an answer before its end is passed on', async () => {
  await using supergraph = await startTestSupergraph();
  await using ingestion = await startIngestion();
  await using gateway = await startGateway({
    supergraph: supergraph.path,
    environment: { INGEST_URL: ingestion.url },
  });
  const begin = (path: string) =>
    openRequest(`${gateway.url}${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/x-ndjson' },
    });
  const sent = begin('/v1/events');
  sent.write('first\n');
  expect(await ingestion.firstPart).toBe('first\n');
  sent.end('last\n');
  const [answer] = (await once(sent, 'response')) as [IncomingMessage];
  expect(answer.statusCode).toBe(202);
  expect(ingestion.seen[0]?.body).toBe('first\nlast\n');

  const cutOff = begin('/v1/impatient').on('error', () => {});
  cutOff.write('first\n');
  const [early] = (await once(cutOff, 'response')) as [IncomingMessage];
  expect([early.statusCode, await text(early)]).toEqual([408, 'too slow']);
  cutOff.destroy();
});

test('a file that is made while it is taken comes from the service of exports; one that breaks off there breaks off here, and one that nobody takes any more is let go there', async () => {
  const left = Promise.withResolvers<void>();
  await using service = await serveHttp((request, response) => {
    response.writeHead(200, { 'content-type': 'application/x-ndjson' });
    if (request.url?.endsWith('broken')) response.write('{}\n', () => response.destroy());
    else if (request.url?.endsWith('endless')) {
      response.on('close', () => left.resolve());
      response.write('{}\n');
    } else response.end('{}\n');
  });
  await using supergraph = await startTestSupergraph();
  await using ingestion = await startIngestion();
  await using gateway = await startGateway({
    supergraph: supergraph.path,
    environment: {
      INGEST_URL: ingestion.url,
      EXPORT_URL: service.url,
    },
  });
  const ask = (what: string, init?: RequestInit) =>
    fetch(`${gateway.url}/v1/exports/events?${what}`, init);

  expect(await (await ask('whole')).text()).toBe('{}\n');
  await expect((await ask('broken')).text()).rejects.toThrow('terminated');
  const leaving = new AbortController();
  await ask('endless', { signal: leaving.signal });
  leaving.abort();
  await left.promise;
  expect(ingestion.seen).toEqual([]);
});

test('producers learn that ingestion is away as a problem they can retry', async () => {
  await using supergraph = await startTestSupergraph();
  await using gateway = await startGateway({
    supergraph: supergraph.path,
    environment: { INGEST_URL: 'http://127.0.0.1:1' },
  });

  const answer = await fetch(`${gateway.url}/v1/events`, { method: 'POST', body: '{}' });

  expect(answer.status).toBe(503);
  expect(answer.headers.get('content-type')).toContain('application/problem+json');
});

test('only the origins that were named may call from a browser', async () => {
  await using supergraph = await startTestSupergraph();
  await using gateway = await startGateway({
    supergraph: supergraph.path,
    environment: { ALLOWED_ORIGINS: 'https://app.test, https://other.test' },
  });
  const preflight = (origin: string) =>
    fetch(`${gateway.url}/graphql`, {
      method: 'OPTIONS',
      headers: {
        origin,
        'access-control-request-method': 'POST',
        'access-control-request-headers': 'authorization,content-type',
      },
    });

  const [named, stranger] = await Promise.all([
    preflight('https://app.test'),
    preflight('https://evil.test'),
  ]);

  expect(named.headers.get('access-control-allow-origin')).toBe('https://app.test');
  expect(stranger.headers.get('access-control-allow-origin')).toBeNull();
});
