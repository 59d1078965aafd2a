import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { toSupergraph } from '../../supergraph/load-supergraph.ts';
import { createPlanner } from './planner.ts';

const source = readFileSync(
  new URL('../../../../schema/supergraph.graphql', import.meta.url),
  'utf8',
);
const { sdl } = toSupergraph(source);

/** Takes the planner many seconds and hundreds of megabytes; a plain one takes milliseconds. */
const enormous = `{ workspace { ${Array.from(
  { length: 10_000 },
  (_, index) =>
    `d${index}: dashboards { edges { node { widgets { metric { source { name } } } } } }`,
).join(' ')} } }`;
const plain = '{ workspace { name } }';
const bounds = { deadlineMilliseconds: 60_000, mostMegabytes: 1_024 };

test('an operation that takes more memory to plan than there is is refused, and those behind it are planned', async () => {
  const failures: string[] = [];
  const planner = createPlanner({
    sdl,
    ...bounds,
    mostMegabytes: 64,
    onPlanned: () => {},
    onFailure: (reason) => void failures.push(reason),
  });
  using _ = { [Symbol.dispose]: () => void planner.close() };
  const ask = (text: string) => planner.plan({ text, operationName: undefined });
  const [hungry, behind] = await Promise.allSettled([ask(enormous), ask(plain)]);

  expect(hungry).toMatchObject({ reason: { code: 'OPERATION_TOO_COMPLEX' } });
  expect(failures).toEqual([expect.stringContaining('memory')]);
  expect(behind.status).toBe('fulfilled');
});

test('an operation that is not planned by its deadline is refused, and those behind it are planned', async () => {
  let planned = 0;
  const planner = createPlanner({
    sdl,
    ...bounds,
    deadlineMilliseconds: 3_000,
    onPlanned: () => void planned++,
    onFailure: () => {},
  });
  using _ = { [Symbol.dispose]: () => void planner.close() };
  const ask = (text: string) => planner.plan({ text, operationName: undefined });
  const [before, late, behind] = await Promise.allSettled([ask(plain), ask(enormous), ask(plain)]);

  expect(before.status).toBe('fulfilled');
  expect(late).toMatchObject({
    reason: { code: 'OPERATION_TOO_COMPLEX', message: expect.stringContaining('3000 ms') },
  });
  expect(behind.status).toBe('fulfilled');
  expect(planned).toBe(2);
});

test('a planner that closes refuses what still waits', async () => {
  const planner = createPlanner({
    sdl,
    ...bounds,
    onPlanned: () => {},
    onFailure: () => {},
  });
  const waiting = [plain, plain].map((text) => planner.plan({ text, operationName: undefined }));
  const refused = Promise.allSettled(waiting);
  await planner.close();
  const unavailable = { status: 'rejected', reason: { code: 'UNAVAILABLE' } };
  expect(await refused).toMatchObject([unavailable, unavailable]);
});

test('a planner that has too little memory to start says so to whoever asks', async () => {
  const planner = createPlanner({
    sdl,
    ...bounds,
    mostMegabytes: 8,
    onPlanned: () => {},
    onFailure: () => {},
  });
  using _ = { [Symbol.dispose]: () => void planner.close() };
  for (const text of [plain, plain]) {
    const asked = planner.plan({ text, operationName: undefined });
    await expect(asked).rejects.toMatchObject({ code: 'UNAVAILABLE' });
  }
});
