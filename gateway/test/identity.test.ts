import { createPassportVerifier } from '@tributary/chassis';
import { createKeyPair, person } from '@tributary/testkit';
import { expect, test } from 'vitest';
import { startGateway } from './support/gateway-process.ts';
import { startTestSupergraph } from './support/test-supergraph.ts';
import { startTokenIssuer } from './support/token-issuer.ts';

async function startWithTokens(environment: Record<string, string> = {}) {
  await using resources = new AsyncDisposableStack();
  const supergraph = resources.use(await startTestSupergraph());
  const issuer = resources.use(await startTokenIssuer());
  const gateway = resources.use(
    await startGateway({
      supergraph: supergraph.path,
      environment: { ...issuer.environment, ...environment },
    }),
  );
  const owned = resources.move();
  return { supergraph, issuer, gateway, [Symbol.asyncDispose]: () => owned.disposeAsync() };
}

test('subgraphs get a passport for the signed-in person, and the request id', async () => {
  const keys = await createKeyPair();
  await using run = await startWithTokens({ PASSPORT_PRIVATE_KEY: keys.privateKey });
  const alice = person({ scopes: ['read:analytics'], roles: ['VIEWER'] });

  const { errors } = await run.gateway.query('{ widget(id: "1") { title } }', {
    ...(await run.issuer.bearer(alice)),
    'x-request-id': 'request-of-alice',
    'x-passport': 'made up',
  });

  expect(errors).toBeUndefined();
  const [request] = run.supergraph.boards.requests;
  const verify = await createPassportVerifier({ publicKey: keys.publicKey });
  expect(await verify(String(request?.headers['x-passport']))).toEqual(alice);
  expect(request?.headers['x-request-id']).toBe('request-of-alice');
  expect(request?.headers.authorization).toBeUndefined();
});

test('a passport that a client sends never reaches a subgraph', async () => {
  await using run = await startWithTokens();

  const { data } = await run.gateway.query('{ header(name: "x-passport") }', {
    'x-passport': 'made up',
  });

  expect(data).toEqual({ header: null });
});

test('somebody without a token is anonymous to subgraphs', async () => {
  const keys = await createKeyPair();
  await using run = await startWithTokens({ PASSPORT_PRIVATE_KEY: keys.privateKey });

  const { data } = await run.gateway.query('{ header(name: "x-passport") }');

  const verify = await createPassportVerifier({ publicKey: keys.publicKey });
  expect(await verify(data.header)).toEqual({ kind: 'anonymous' });
});

test('a token that is not good is refused, never taken for anonymous', async () => {
  await using run = await startWithTokens();
  const { gateway, issuer, supergraph } = run;
  const alice = person();
  const strangersKey = (await createKeyPair()).privateKey;
  const bare = Buffer.from(JSON.stringify({ sub: alice.subject })).toString('base64url');
  const none = Buffer.from(JSON.stringify({ alg: 'none' })).toString('base64url');
  const refused = {
    'alg none': `${none}.${bare}.`,
    'no token at all': 'nonsense',
    'the key of somebody else': await issuer.sign(alice, { privateKey: strangersKey }),
    'another audience': await issuer.sign(alice, { audience: 'elsewhere' }),
    'another issuer': await issuer.sign(alice, { issuer: 'https://elsewhere.test' }),
    'ended a minute ago': await issuer.sign(alice, { expiresIn: -60 }),
    'a workspace that is no id': await issuer.sign(alice, { claims: { workspace: '*' } }),
  };

  for (const [what, token] of Object.entries(refused)) {
    const answer = await gateway.query('{ __typename }', { authorization: `Bearer ${token}` });
    expect.soft(answer.status, what).toBe(401);
    expect.soft(answer.errors?.[0]?.extensions.code, what).toBe('UNAUTHENTICATED');
    expect.soft(answer.data, what).toBeUndefined();
  }
  expect(supergraph.boards.requests).toHaveLength(0);
});

test('says when a token has expired', async () => {
  await using run = await startWithTokens();

  const { errors } = await run.gateway.query(
    '{ __typename }',
    await run.issuer.bearer(person(), { expiresIn: -60 }),
  );

  expect(errors?.[0]?.message).toContain('expired');
});

test('a scope of a newer version grants nothing and breaks nothing', async () => {
  const keys = await createKeyPair();
  await using run = await startWithTokens({ PASSPORT_PRIVATE_KEY: keys.privateKey });
  const token = await run.issuer.bearer(person(), {
    claims: { scopes: ['read:analytics', 'read:future'] },
  });

  const { data } = await run.gateway.query('{ header(name: "x-passport") }', token);

  const verify = await createPassportVerifier({ publicKey: keys.publicKey });
  expect(await verify(data.header)).toMatchObject({ scopes: ['read:analytics'] });
});

test('while the keys cannot be had, tokens are not called bad', async () => {
  await using run = await startWithTokens({ JWKS_URL: 'http://127.0.0.1:1/jwks.json' });

  const answer = await run.gateway.query('{ __typename }', await run.issuer.bearer(person()));

  expect(answer.status).toBe(503);
  expect(answer.errors?.[0]?.extensions.code).toBe('UNAVAILABLE');
});
