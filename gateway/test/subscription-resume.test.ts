import { freePort } from '@tributary/local-stack';
import { person } from '@tributary/testkit';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startLive } from './support/live.ts';
import { followNumbers, standingOf } from './support/number-stream.ts';
import { openStream } from './support/stream.ts';

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

test('clients that come back at once, each from another past, all get what they missed', async () => {
  const headers = await run.issuer.bearer(person());
  const query = 'subscription { ticked(size: 998) { count } }';
  const numbers = Array.from({ length: 80 }, (_, index) => index);
  const cursors: (string | undefined)[] = [];
  for (const count of numbers) cursors.push(await run.publishUnheard('ticks.998', { count }));
  await using streams = new AsyncDisposableStack();
  const opened = await Promise.all(
    cursors.map(async (cursor) =>
      streams.use(await openStream(run.gateway, { query, headers, cursor })),
    ),
  );
  for (const [place, stream] of opened.entries()) {
    await expect.poll(stream.text).toContain('"state":"LIVE"');
    const counts = [...stream.text().matchAll(/"count":(\d+)/g)].map(([, count]) => Number(count));
    expect(counts).toEqual(numbers.slice(place + 1));
  }
});

test('a cursor that the channel has forgotten is answered with a gap that is said', async () => {
  await using stream = await openStream(run.gateway, {
    query: 'subscription { ticked(size: 999) { count } }',
    headers: await run.issuer.bearer(person()),
    cursor: '1-1',
  });
  await expect.poll(stream.text).toContain('"state":"LIVE"');
  expect(stream.text()).toContain('"gap":true');
});
