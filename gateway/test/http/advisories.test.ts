/**
 * What was published against Apollo's gateway, planner, router and server, tried on this gateway.
 * Each test sends the attack, and then asks something harmless: the answer must be what it always is.
 */
import { gzipSync } from 'node:zlib';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { startCannedSupergraph } from '../conformance/support/canned-supergraph.ts';
import { type GatewayProcess, startGateway } from '../support/gateway-process.ts';
import { startTestGateway, type TestGateway } from '../support/test-gateway.ts';
import { send } from './raw-request.ts';

let gateway: TestGateway;
beforeAll(async () => {
  gateway = await startTestGateway();
});
afterEach(() => expectUnharmed(gateway));
afterAll(() => gateway?.[Symbol.asyncDispose]());

const json = { 'content-type': 'application/json' };
const post = (body: string | Buffer, headers: Record<string, string> = json, { url } = gateway) =>
  send(`${url}/graphql`, 'POST', headers, body);
const ask = (query: string, variables?: string) =>
  post(`{"query":${JSON.stringify(query)}${variables ? `,"variables":${variables}` : ''}}`);

/** Had the attack reached `Object.prototype`, or stopped the process, this would not be answered. */
async function expectUnharmed({ query }: GatewayProcess) {
  expect(await query('{ widget(id: "1") { title metric { id } } }')).toEqual({
    status: 200,
    data: { widget: { title: 'Widget 1', metric: { id: 'metric-of-1' } } },
  });
}

const inherited = [
  '__proto__',
  'constructor',
  'prototype',
  'toString',
  'hasOwnProperty',
  'then',
  'toJSON',
];

describe('CVE-2026-32621 and GHSA-74cr-77xc-8g6r: prototypes are out of reach', () => {
  test.each(inherited)('an alias %s is a field like any other', async (name) => {
    const { text } = await ask(`{
      widget(id: "1") { ${name}: title metric { ${name}: alertRules { ${name}: name } } }
    }`);

    const rule = `[{"${name}":"Rule on metric-of-1"}]`;
    expect(text.trim()).toBe(
      `{"data":{"widget":{"${name}":"Widget 1","metric":{"${name}":${rule}}}}}`,
    );
  });

  test.each(inherited)('an alias %s of an object takes its fields nowhere else', async (name) => {
    const fields = inherited.map((nested) => `${nested}: title`).join(' ');

    const { text } = await ask(`{ ${name}: widget(id: "1") { ${fields} metric { ${name}: id } } }`);

    expect(text).toMatch(`{"data":{"${name}":{"__proto__":"Widget 1","constructor":"Widget 1"`);
  });

  test.each(inherited)('a variable %s is a variable like any other', async (name) => {
    const answer = await ask(
      `query ($${name}: ID!) { widget(id: $${name}) { title } }`,
      `{"${name}":"1"}`,
    );

    // A body with these keys may be refused as such.
    if (answer.status === 400 && name === '__proto__') return;
    expect(answer.text.trim()).toBe('{"data":{"widget":{"title":"Widget 1"}}}');
  });

  test.each(inherited)(
    'a fragment, an operation or a type called %s is only a name',
    async (name) => {
      const { text } = await ask(
        `query ${name} { widget(id: "1") { ...${name} } } fragment ${name} on Widget { title }`,
      );
      const unknown = await ask(`{ __type(name: "${name}") { name } ... on ${name} { title } }`);

      expect(text.trim()).toBe('{"data":{"widget":{"title":"Widget 1"}}}');
      expect(unknown.status).toBeLessThan(500);
    },
  );

  test('a subgraph cannot put anything into a prototype by its answer', async () => {
    const poison =
      '"__proto__":{"title":"poison","errors":[],"toJSON":"x"},"constructor":{"prototype":{"title":"poison"}}';
    await using canned = await startCannedSupergraph({
      things: {
        sdl: 'type Query { thing: Thing! other: Thing } type Thing { id: ID! title: String inner: Thing }',
        answer: (query) =>
          query.includes('other')
            ? '{"data":{"other":{"id":"2","inner":{}}}}'
            : `{"data":{"thing":{"id":"1",${poison},"inner":{${poison}}},${poison}},${poison}}`,
      },
    });
    await using poisoned = await startGateway({ supergraph: canned.path });

    const first = await poisoned.query('{ thing { id title inner { title } } }');
    const second = await poisoned.query('{ other { id title inner { title } } }');

    expect(first.data).toEqual({ thing: { id: '1', title: null, inner: { title: null } } });
    expect(second.data).toEqual({ other: { id: '2', title: null, inner: { title: null } } });
  });
});

describe('CVE-2025-32030, CVE-2025-32034, CVE-2025-32380: fragments that spread each other', () => {
  test.each([
    ['the same twice', (below: string) => `...${below} ...${below}`],
    [
      'under another alias each time',
      (below: string, at: number) =>
        `a${at}: metric { name } ...${below} ... on Widget { ...${below} }`,
    ],
  ])(
    '%s, 40 deep, are answered or refused before long',
    { timeout: 30_000 },
    async (_, content) => {
      const fragments = Array.from(
        { length: 40 },
        (_, at) => `fragment F${at + 1} on Widget { ${content(`F${at}`, at)} }`,
      );

      const { status, text } = await ask(
        `{ widget(id: "1") { ...F40 } } fragment F0 on Widget { title } ${fragments.join(' ')}`,
      );

      expect(status).toBeLessThan(500);
      expect(text).toMatch(/"title":"Widget 1"|"errors"/);
    },
  );

  test('a fragment that spreads itself is refused', async () => {
    const { text } = await ask(
      '{ widget(id: "1") { ...A } } fragment A on Widget { ...B } fragment B on Widget { ...A }',
    );

    expect(text).toMatch(/Cannot spread fragment/);
  });
});

describe('CVE-2026-23897: a body is UTF-8 or refused', () => {
  const query = '{"query":"{ __typename }"}';

  test.each(['utf-16le', 'utf-16', 'utf-32', 'utf-7', 'ibm037', 'x-unknown', 'gb18030'])(
    'charset=%s',
    async (charset) => {
      const body = Buffer.from(query, charset.startsWith('utf-16') ? 'utf16le' : 'utf8');

      const { status, text } = await post(body, {
        'content-type': `application/json; charset=${charset}`,
      });

      expect([400, 415]).toContain(status);
      expect(text).not.toContain('"data"');
    },
  );
});

describe('CVE-2024-28101, CVE-2024-43783: the limit of a body counts what it holds', () => {
  test('a compressed body is not unpacked', async () => {
    const bomb = gzipSync(Buffer.alloc(50_000_000, 32));

    const { status } = await post(bomb, { ...json, 'content-encoding': 'gzip' });

    expect([400, 413, 415]).toContain(status);
  });

  test('a body without a length is measured as it comes', async () => {
    const body = `{"query":"{ __typename ${' '.repeat(20_000_000)}}"}`;

    const { status } = await post(body, { ...json, 'transfer-encoding': 'chunked' });

    expect(status).toBe(413);
  });
});

describe('GHSA-8r69-3cvp-wxc3 and GHSA-2p3c-p3qw-69r4: many operations in one request, and uploads', () => {
  test('batches are refused, so that one answer has one operation’s headers', async () => {
    const { status, text } = await post('[{"query":"{ __typename }"}]');

    expect(status).toBe(400);
    expect(text).not.toContain('"data"');
  });

  test('a multipart upload, which needs no preflight, is refused', async () => {
    const part =
      '--x\r\ncontent-disposition: form-data; name="operations"\r\n\r\n{"query":"{ __typename }"}\r\n--x--';

    const { status } = await post(part, { 'content-type': 'multipart/form-data; boundary=x' });

    expect([400, 415]).toContain(status);
  });
});

describe('GHSA-9q82-xgwf-vj6h: no content type makes a GET trustworthy', () => {
  test.each([
    'text/plain',
    'application/x-www-form-urlencoded',
    'message/rfc822',
    'application/octet-stream',
  ])('a GET with %s is refused', async (type) => {
    const { status, text } = await send(
      `${gateway.url}/graphql?query=${encodeURIComponent('{ __typename }')}`,
      'GET',
      { 'content-type': type, 'sec-fetch-site': 'cross-site' },
    );

    expect([400, 415]).toContain(status);
    expect(text).not.toContain('"data"');
  });
});

describe('CVE-2023-41317 and CVE-2023-45812: subscriptions and @defer over plain HTTP', () => {
  test.each([
    ['a subscription without a name', 'subscription { noticed { id } }'],
    ['a subscription among others', 'subscription A { ticked { count } } query B { __typename }'],
    ['@defer', '{ widget(id: "1") { ... @defer { title } } }'],
    ['@stream', '{ widget(id: "1") { metric { alertRules @stream(initialCount: 0) { id } } } }'],
  ])('%s is refused or answered whole', async (_, query) => {
    const { status, text } = await ask(query);

    expect(status).toBeLessThan(500);
    expect(JSON.parse(text)).toHaveProperty(text.includes('"errors"') ? 'errors' : 'data');
  });
});

describe('CVE-2024-32971: an operation is never answered by the plan of another', () => {
  test('operations that differ in one name, argument, default or directive are different', async () => {
    const answers = await Promise.all(
      [
        'query A { widget(id: "1") { title } } query B { widget(id: "2") { title } }',
        'query A { widget(id: "1") { title } } query B { widget(id: "3") { title } }',
        'query B($id: ID! = "5") { widget(id: $id) { title } }',
        'query B { widget(id: "6") { title } }',
        'query B { widget(id: "6") { title @skip(if: true) metric { id } } }',
      ].map(async (query) =>
        JSON.parse((await post(JSON.stringify({ query, operationName: 'B' }))).text),
      ),
    );

    expect(answers.map(({ data }) => data.widget)).toEqual([
      { title: 'Widget 2' },
      { title: 'Widget 3' },
      { title: 'Widget 5' },
      { title: 'Widget 6' },
      { metric: { id: 'metric-of-6' } },
    ]);
  });
});

test('GHSA-j5g3-5c8r-7qfx: a header with secrets is never logged', async () => {
  await ask('{ __typename }');
  await post('{"query":"{ __typename }"}', { ...json, authorization: 'Bearer se\u00e9cret-token' });
  await post('{"query":"{ __typename }"}', { ...json, authorization: 'Basic c2VjcmV0LXRva2Vu' });

  expect(gateway.log()).not.toMatch(/cret-token|c2VjcmV0LXRva2Vu/);
});
