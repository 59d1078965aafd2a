import { freePort } from '@tributary/local-stack';
import { person } from '@tributary/testkit';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startLive } from './support/live.ts';
import { followNumbers, standingOf } from './support/number-stream.ts';

let run: Awaited<ReturnType<typeof startLive>>;
beforeAll(async () => {
  run = await startLive({ port: await freePort() });
});
afterAll(() => run[Symbol.asyncDispose]());

test('clients of every transport get every number once, in order, through a restart of Redis', async () => {
  using stream = await followNumbers(run);
  await stream.publish(20);
  await Promise.all([run.server.restart(), stream.publish(20)]);
  await stream.publish(20);
  await stream.complete();
});

test('while Redis is away clients stay connected and are told, and afterwards catch up', async () => {
  using stream = await followNumbers(run);
  await stream.publish(3);
  await stream.complete();
  await run.server.stop();
  for (const { name, follower } of stream.clients) {
    await expect.poll(() => standingOf(follower), { message: name }).toBe('STALLED');
  }
  await run.server.restart();
  await stream.publish(3);
  await stream.complete();
  for (const { follower } of stream.clients) {
    await expect.poll(() => standingOf(follower)).toBe('LIVE');
  }
});

test('when their gateway is killed, clients resume at another and miss nothing', async () => {
  using stream = await followNumbers(run);
  await stream.publish(10);
  await stream.complete();
  await run.killGateway();
  await stream.publish(10);
  await run.startGateway();
  await stream.publish(10);
  await stream.complete();
});

test('a subgraph that is away costs its fields, and no number', async () => {
  using stream = await followNumbers(run, '{ count metric { alertRules { name } } }');
  await stream.publish(5);
  await stream.complete();
  await run.supergraph.rules.stop();
  await stream.publish(5);
  await stream.complete();
});

test('a cursor that the channel has forgotten is answered with a gap that is said', async () => {
  const headers = await run.issuer.bearer(person());
  const response = await fetch(`${run.gateway.url}/graphql`, {
    method: 'POST',
    headers: { ...headers, accept: 'text/event-stream', 'content-type': 'application/json' },
    body: JSON.stringify({
      query: 'subscription { ticked(size: 999) { count } }',
      extensions: { resume: { cursor: '1-1' } },
    }),
  });
  const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader();
  let text = '';
  while (!text.includes('"state":"LIVE"')) text += (await reader?.read())?.value;
  expect(text).toContain('"gap":true');
  await reader?.cancel();
});
