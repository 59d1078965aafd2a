import { createPassportSigner, createPassportVerifier } from '@tributary/chassis';
import { createKeyPair, person } from '@tributary/testkit';
import { expect, test } from 'vitest';
import { silentTelemetry } from '../../src/telemetry/silent-telemetry.ts';
import { holds, startFaultySubgraph } from './support/faulty-subgraph.ts';
import { contextOf, createTraffic } from './support/traffic.ts';

const good = { data: { ok: true } };

test('identical queries of one person on their way are one fetch, and say that they are shared', async () => {
  const held = holds();
  await using subgraph = await startFaultySubgraph(held.behaviour);
  await using traffic = createTraffic(subgraph.url);
  const someone = person();

  // Another request of the same person carries an equal principal, not the same object.
  const both = [someone, { ...someone }].map((who) => traffic.query('{ ok }', contextOf(who)));
  await expect.poll(() => subgraph.seen.length).toBe(1);
  held.answerAll(good);

  for (const answer of await Promise.all(both))
    expect(answer).toMatchObject({ ...good, shared: true });
  expect(subgraph.seen).toHaveLength(1);
  expect(await traffic.metric('gateway_subgraph_shared_fetches_total')).toBe(1);
});

test('people, operations and mutations are never mixed', async () => {
  const held = holds();
  await using subgraph = await startFaultySubgraph(held.behaviour);
  await using traffic = createTraffic(subgraph.url);
  const someone = person();

  const all = [
    traffic.query('{ ok }', contextOf(someone)),
    traffic.query('{ ok }', contextOf(person({ subject: someone.subject }))),
    traffic.query('{ ok }', contextOf({ kind: 'anonymous' })),
    traffic.query('{ other }', contextOf(someone)),
    traffic.mutate('mutation { pay }', contextOf(someone)),
    traffic.mutate('mutation { pay }', contextOf(someone)),
  ];
  await expect.poll(() => subgraph.seen.length).toBe(6);
  held.answerAll(good);

  for (const answer of await Promise.all(all)) expect(answer.shared).toBe(false);
});

test('a shared fetch goes on while one of its askers is there, and ends with the last', async () => {
  const held = holds();
  await using subgraph = await startFaultySubgraph(held.behaviour);
  await using traffic = createTraffic(subgraph.url);
  const someone = person();
  const clients = [new AbortController(), new AbortController()];
  const [first, second] = clients.map(({ signal }) =>
    traffic.query('{ ok }', contextOf(someone, { signal })),
  );
  await expect.poll(() => subgraph.seen.length).toBe(1);

  clients[0]?.abort(new Error('left'));
  await expect(first).rejects.toThrow('left');
  held.answerAll(good);
  await expect(second).resolves.toMatchObject(good);

  const third = traffic.query('{ ok }', contextOf(someone, { signal: AbortSignal.abort('left') }));
  await expect(third).rejects.toBe('left');
  expect(subgraph.seen).toHaveLength(1);
});

test('a subgraph is told who asks, the request’s id and its trace, and nothing else', async () => {
  const { privateKey, publicKey } = await createKeyPair();
  const verify = await createPassportVerifier({ publicKey });
  const held = holds();
  await using subgraph = await startFaultySubgraph(held.behaviour);
  await using traffic = createTraffic(
    subgraph.url,
    {},
    {
      signPassport: await createPassportSigner({ privateKey }),
    },
  );
  const someone = person();
  const trace = {
    traceparent: '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01',
    tracestate: 'vendor=1',
  };

  const answer = traffic.query(
    '{ ok }',
    contextOf(someone, { span: silentTelemetry.request({ ...trace, cookie: 'secret' }) }),
  );
  await expect.poll(() => subgraph.seen.length).toBe(1);
  held.answerAll(good);
  await answer;

  const { 'x-passport': passport, ...headers } = subgraph.seen[0]?.headers ?? {};
  expect(await verify(String(passport))).toEqual(someone);
  expect(headers).toEqual({
    ...trace,
    host: new URL(subgraph.url).host,
    connection: 'keep-alive',
    'content-type': 'application/json',
    'content-length': String(subgraph.seen[0]?.body.length),
    accept: 'application/graphql-response+json, application/json;q=0.9',
    'x-request-id': 'request-1',
  });
});
