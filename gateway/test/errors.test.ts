import { once } from 'node:events';
import { type IncomingMessage, request } from 'node:http';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startGateway } from './support/gateway-process.ts';
import { startTestGateway, type TestGateway } from './support/test-gateway.ts';
import { startTestSupergraph } from './support/test-supergraph.ts';

let gateway: TestGateway;
beforeAll(async () => {
  gateway = await startTestGateway();
});
afterAll(() => gateway?.[Symbol.asyncDispose]());

test('a subgraph’s error reaches the client with code, field and request id, and nothing else', async () => {
  const { errors } = await gateway.query('{ fails(code: "CONFLICT") }', {
    'x-request-id': 'request-1',
  });

  expect(errors).toEqual([
    {
      message: 'relation "secrets" does not exist',
      path: ['fails'],
      extensions: {
        code: 'CONFLICT',
        field: ['input', 'name'],
        service: 'boards',
        requestId: 'request-1',
      },
    },
  ]);
});

test.each(['INTERNAL_SERVER_ERROR', 'OF_ITS_OWN'])(
  'an error with the code %s is masked for the client and logged once with the request id',
  async (code) => {
    const before = gateway.log().length;
    const answer = await gateway.query(`{ fails(code: "${code}") }`, {
      'x-request-id': 'request-2',
    });

    expect(answer.errors?.[0]?.extensions).toEqual({
      code: 'INTERNAL',
      service: 'boards',
      requestId: 'request-2',
    });
    expect(JSON.stringify(answer)).not.toContain('secrets');
    const logged = () =>
      gateway
        .log()
        .slice(before)
        .split('\n')
        .filter((line) => line.includes('secrets'));
    await expect.poll(logged).toEqual([expect.stringContaining('request-2')]);
  },
);

test('a subgraph that is away is said to be, without its name in production', async () => {
  await using supergraph = await startTestSupergraph();
  await using gateway = await startGateway({
    supergraph: supergraph.path,
    environment: { NODE_ENV: 'production' },
  });
  await supergraph.rules.stop();

  const answer = await gateway.query('{ widget(id: "1") { title } rule(id: "1") { name } }');

  expect(answer.data).toEqual({ widget: { title: 'Widget 1' }, rule: null });
  expect(answer.errors?.[0]?.extensions.code).toBe('UNAVAILABLE');
  expect(JSON.stringify(answer.errors)).not.toMatch(/rules|127\.0\.0\.1|fetch/);
});

test('in production the schema cannot be read', async () => {
  await using discreet = await startGateway({
    supergraph: gateway.supergraph.path,
    environment: { NODE_ENV: 'production' },
  });

  const { errors } = await discreet.query('{ __schema { queryType { name } } }');

  expect(errors?.[0]?.extensions.code).toBe('GRAPHQL_VALIDATION_FAILED');
});

test('what is no GraphQL request is answered as GraphQL too', async () => {
  const post = (body: string, contentType = 'application/json') =>
    fetch(`${gateway.url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': contentType },
      body,
    });

  const broken = await post('{"query":');
  const large = await announce(`${gateway.url}/graphql`, 11_000_000);
  const foreign = await post('<query/>', 'application/xml');

  expect([broken.status, large.statusCode, foreign.status]).toEqual([400, 413, 415]);
  expect(await broken.json()).toMatchObject({ errors: [{ extensions: { code: 'INVALID_JSON' } }] });
  expect(JSON.parse(await text(large))).toMatchObject({
    errors: [{ extensions: { code: 'TOO_LARGE' } }],
  });
});

test('a page of another site cannot make a browser send an operation', async () => {
  const answer = await fetch(
    `${gateway.url}/graphql?query=${encodeURIComponent('{ __typename }')}`,
    { headers: { 'sec-fetch-site': 'cross-site' } },
  );

  expect(answer.status).toBe(400);
  expect(answer.headers.get('access-control-allow-origin')).toBeNull();
});

test('requests are counted by outcome', async () => {
  await using fresh = await startGateway({ supergraph: gateway.supergraph.path });
  await fresh.query('{ __typename }');
  await fresh.query('{ fails(code: "CONFLICT") }');
  await fresh.query('{ __typename }', { authorization: 'Bearer nonsense' });

  const metrics = await (await fetch(`${fresh.url}/metrics`)).text();

  for (const outcome of ['ok', 'errors', 'refused']) {
    expect(metrics).toMatch(new RegExp(`graphql_requests_total\\{outcome="${outcome}".*\\} 1`));
  }
});

/** Says how long the body will be, and waits for the answer before sending any of it. */
async function announce(url: string, bytes: number): Promise<IncomingMessage> {
  const headers = { 'content-type': 'application/json', 'content-length': bytes };
  const asking = request(url, { method: 'POST', headers });
  asking.flushHeaders();
  const [answer] = await once(asking, 'response');
  return answer as IncomingMessage;
}
