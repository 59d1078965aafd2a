import { person } from '@tributary/testkit';
import { expect, test } from 'vitest';
import { answers, hangs, holds, resets, startFaultySubgraph } from './support/faulty-subgraph.ts';
import { contextOf, createTraffic } from './support/traffic.ts';

const good = { data: { ok: true } };
const once = { retries: { attempts: 0 } };

test('a subgraph that hangs costs its fetch the timeout, and another subgraph nothing', async () => {
  await using hanging = await startFaultySubgraph(hangs);
  await using healthy = await startFaultySubgraph();
  await using slow = createTraffic(hanging.url, { timeout: 100 });
  await using quick = createTraffic(healthy.url);

  const lost = slow.query('{ ok }').catch((error: unknown) => error);
  await expect(quick.query('{ ok }')).resolves.toMatchObject(good);

  expect(await lost).toMatchObject({ code: 'UPSTREAM_TIMEOUT', status: 504 });
  await hanging.seen[0]?.brokenOff;
  expect(
    await slow.metric('gateway_subgraph_fetches_total{subgraph="things",outcome="timeout"'),
  ).toBe(1);
});

test('a query is tried again after a broken connection or a 503, and once is enough when it helps', async () => {
  for (const fault of [resets, answers('busy', { status: 503 })]) {
    await using subgraph = await startFaultySubgraph(fault);
    await using traffic = createTraffic(subgraph.url, { retries: { firstDelay: 1 } });
    subgraph.behave((response, fetch) => {
      subgraph.behave(answers(good));
      fault(response, fetch);
    });

    await expect(traffic.query('{ ok }')).resolves.toMatchObject(good);

    expect(subgraph.seen).toHaveLength(2);
    expect(await traffic.metric('gateway_subgraph_retries_total')).toBe(1);
  }
});

test('a mutation is sent once, whatever becomes of it', async () => {
  await using subgraph = await startFaultySubgraph(resets);
  await using traffic = createTraffic(subgraph.url, { retries: { firstDelay: 1 } });

  await expect(traffic.mutate('mutation { pay }')).rejects.toMatchObject({ code: 'UNAVAILABLE' });

  expect(subgraph.seen).toHaveLength(1);
});

test('retries stop when their budget is spent, so that they never multiply the load', async () => {
  await using subgraph = await startFaultySubgraph(resets);
  await using traffic = createTraffic(subgraph.url, {
    retries: { attempts: 3, firstDelay: 1, longestDelay: 1, budget: 0.1 },
    breaker: { minimumFetches: 10_000 },
  });

  const queries = Array.from({ length: 100 }, (_, index) => traffic.query(`{ ok${index} }`));
  await Promise.allSettled(queries);

  expect(subgraph.seen.length).toBeGreaterThan(100);
  expect(subgraph.seen.length).toBeLessThan(200);
});

test('Retry-After is waited for when it is short, and taken as a no when it is long', async () => {
  await using subgraph = await startFaultySubgraph();
  await using traffic = createTraffic(subgraph.url, { retries: { firstDelay: 1 } });
  const asks = (seconds: string) =>
    answers('later', { status: 503, headers: { 'retry-after': seconds } });

  subgraph.behave(asks('60'));
  await expect(traffic.query('{ long }')).rejects.toMatchObject({ code: 'UNAVAILABLE' });
  expect(subgraph.seen).toHaveLength(1);

  subgraph.behave((response, fetch) => {
    asks('1')(response, fetch);
    subgraph.behave(answers(good));
  });
  const startedAt = performance.now();
  await traffic.query('{ short }');
  expect(performance.now() - startedAt).toBeGreaterThanOrEqual(990);
});

test('a slow attempt is given up and tried again where that is set', async () => {
  await using subgraph = await startFaultySubgraph(hangs);
  await using traffic = createTraffic(subgraph.url, {
    retries: { firstDelay: 1, attemptTimeout: 100 },
  });

  const answer = traffic.query('{ ok }');
  await expect.poll(() => subgraph.seen.length).toBe(1);
  subgraph.behave(answers(good));

  await expect(answer).resolves.toMatchObject(good);
});

test('after half of the fetches failed the breaker opens: fields fail at once, until a probe succeeds', async () => {
  await using subgraph = await startFaultySubgraph(answers('broken', { status: 500 }));
  await using traffic = createTraffic(subgraph.url, {
    ...once,
    breaker: { minimumFetches: 5, openFor: 300 },
  });
  const ask = () =>
    traffic.query('{ ok }').then(
      ({ data }) => data,
      ({ code }) => code,
    );

  for (let fetches = 0; fetches < 6; fetches += 1) expect(await ask()).toBe('UNAVAILABLE');
  const arrived = subgraph.seen.length;
  expect(await ask()).toBe('UNAVAILABLE');

  expect(subgraph.seen).toHaveLength(arrived);
  expect(await traffic.metric('gateway_subgraph_breaker_state')).toBe(2);
  subgraph.behave(answers(good));
  await expect.poll(ask).toEqual({ ok: true });
  expect(await traffic.metric('gateway_subgraph_breaker_state')).toBe(0);
});

test('while a probe hangs, nobody waits for it', async () => {
  await using subgraph = await startFaultySubgraph(resets);
  await using traffic = createTraffic(subgraph.url, {
    ...once,
    breaker: { minimumFetches: 2, openFor: 50 },
  });
  const ask = () => traffic.query(`{ at${performance.now()} }`).catch(({ code }) => code);
  for (let fetches = 0; fetches < 4; fetches += 1) await ask();
  subgraph.behave(hangs);
  const arrived = subgraph.seen.length;

  const asked: Promise<unknown>[] = [];
  await expect.poll(() => asked.push(ask()) && subgraph.seen.length).toBe(arrived + 1);

  expect(await ask()).toBe('UNAVAILABLE');
  expect(subgraph.seen).toHaveLength(arrived + 1);
  subgraph.stop();
  expect(new Set(await Promise.all(asked))).toEqual(new Set(['UNAVAILABLE']));
});

test('a full queue refuses what is more, and goes on with what waits', async () => {
  const held = holds();
  await using subgraph = await startFaultySubgraph(held.behaviour);
  await using traffic = createTraffic(subgraph.url, { ...once, concurrency: 1, queue: 1 });

  const running = traffic.query('{ first }');
  const waiting = traffic.query('{ second }');
  await expect(traffic.query('{ third }')).rejects.toMatchObject({ code: 'UNAVAILABLE' });
  expect(await traffic.metric('gateway_subgraph_queue_length')).toBe(1);

  await expect.poll(() => subgraph.seen.length).toBe(1);
  subgraph.behave(answers(good));
  held.answerAll(good);
  await expect(Promise.all([running, waiting])).resolves.toHaveLength(2);
});

test('the name of a subgraph is not told in production', async () => {
  await using subgraph = await startFaultySubgraph(resets);
  await using open = createTraffic(subgraph.url, once);
  await using discreet = createTraffic(subgraph.url, once, { discreet: true });

  await expect(open.query('{ ok }')).rejects.toThrow('The subgraph things does not answer.');
  await expect(discreet.query('{ ok }')).rejects.not.toThrow(/things|127/);
});

test('a client that leaves ends its own fetch, but never a mutation', async () => {
  const held = holds();
  await using subgraph = await startFaultySubgraph(held.behaviour);
  await using traffic = createTraffic(subgraph.url, once);
  const client = new AbortController();
  const context = contextOf(person(), { signal: client.signal });

  const query = traffic.query('{ ok }', context);
  const mutation = traffic.mutate('mutation { pay }', context);
  await expect.poll(() => subgraph.seen.length).toBe(2);
  client.abort(new Error('left'));

  await expect(query).rejects.toThrow('left');
  await subgraph.seen.find(({ body }) => body.includes('{ ok }'))?.brokenOff;
  held.answerAll(good);
  await expect(mutation).resolves.toMatchObject(good);
});
