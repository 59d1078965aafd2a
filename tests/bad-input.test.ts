import { expect, inject, test } from 'vitest';
import { signUp } from './support/account.ts';
import { askStack } from './support/ask.ts';
import { createFlightsWorkspace } from './support/flights-workspace.ts';
import { send } from './support/send.ts';

const url = inject('stackUrl');

test.each([
  ['truncated JSON', '{"specversion":"1.0","id":"1",', 400, 'INVALID_JSON'],
  ['an empty batch', '[]', 400, 'INVALID_INPUT'],
  ['a body over 10 MB', `[${'"'.padEnd(11_000_000, 'x')}"]`, 413, 'TOO_LARGE'],
])(
  '%s is refused with problem details, and the service lives on',
  async (_, body, status, code) => {
    const workspace = await createFlightsWorkspace(url);
    const answer = await send(workspace, body);
    expect(answer.status).toBe(status);
    expect(answer.headers.get('content-type')).toContain('application/problem+json');
    expect(answer.body).toMatchObject({
      status,
      code,
      detail: expect.any(String),
      requestId: expect.any(String),
    });
    expect((await send(workspace, '{"id":"1","source":"/x","type":"t","data":{}}')).status).toBe(
      200,
    );
  },
);

test.each(['{"id":1}', '[1, "two", null]', '"text"'])(
  'wrong types are rejected by record: %s',
  async (body) => {
    const workspace = await createFlightsWorkspace(url);
    const answer = await send(workspace, body);
    expect(answer.status).toBe(422);
    expect(answer.body.accepted).toBe(0);
    for (const verdict of answer.body.verdicts)
      expect(verdict).toMatchObject({ status: 'rejected', reason: expect.any(String) });
  },
);

test('an unknown write key is refused', async () => {
  const answer = await send({ url, writeKey: 'tw_unknown' }, '{}');
  expect(answer.status).toBe(401);
  expect(answer.body.code).toBe('UNAUTHENTICATED');
});

test('a forged, malformed or missing token is refused with what to do', async () => {
  const { accessToken } = await signUp(url);
  const [header, , signature] = accessToken.split('.');
  const forged = [header, Buffer.from('{"sub":"x"}').toString('base64url'), signature].join('.');
  for (const token of [forged, 'nonsense']) {
    const answer = await askStack(url, token)('{ viewer { id } }');
    expect(answer.status).toBe(401);
    expect(answer.errors?.[0]?.extensions?.code).toBe('UNAUTHENTICATED');
  }
  const anonymous = await askStack(url)('{ dashboard(id: "x") { name } }');
  expect(anonymous.errors?.[0]?.extensions?.code).toBe('UNAUTHENTICATED');
});

test('an unknown field is named', async () => {
  const answer = await askStack(url)('{ viewer { shoeSize } }');
  expect(answer.errors?.[0]?.extensions?.code).toBe('GRAPHQL_VALIDATION_FAILED');
  expect(answer.errors?.[0]?.message).toContain('shoeSize');
});

test('a mutation’s bad input comes back as user errors that name the field', async () => {
  const { ask } = await signUp(url);
  const { data } = await ask(
    'mutation ($input: CreateSourceInput!) { createSource(input: $input) { source { id } userErrors { code field } } }',
    { input: { name: '' } },
  );
  expect(data.createSource).toEqual({
    source: null,
    userErrors: [{ code: 'INVALID_INPUT', field: ['input', 'name'] }],
  });
});

test.each(['//v1/events', '/%00', '/assets/..%2f..%2fpackage.json', '/v1/nothing'])(
  'an address that is not served is answered 404, however it is written: %s',
  async (path) => {
    expect((await fetch(`${url}${path}`)).status).toBe(404);
  },
);
