import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { toSupergraph } from '../../supergraph/load-supergraph.ts';
import { createPlanner } from './planner.ts';

const source = readFileSync(
  new URL('../../../../schema/supergraph.graphql', import.meta.url),
  'utf8',
);
const { sdl } = toSupergraph(source);

/** Takes the planner minutes; what has been planned before it takes milliseconds. */
const endless = `{ workspace { ${Array.from(
  { length: 20_000 },
  (_, index) =>
    `d${index}: dashboards { edges { node { widgets { metric { source { name } } } } } }`,
).join(' ')} } }`;
const plain = '{ workspace { name } }';

test('an operation that is not planned by its deadline is refused, and those behind it are planned', async () => {
  let planned = 0;
  const planner = createPlanner({
    sdl,
    deadlineMilliseconds: 3_000,
    onPlanned: () => void planned++,
    onFailure: () => {},
  });
  using _ = { [Symbol.dispose]: () => void planner.close() };
  const ask = (text: string) => planner.plan({ text, operationName: undefined });
  const [before, late, behind] = await Promise.allSettled([ask(plain), ask(endless), ask(plain)]);

  expect(before.status).toBe('fulfilled');
  expect(late).toMatchObject({ reason: { code: 'OPERATION_TOO_COMPLEX' } });
  expect(behind.status).toBe('fulfilled');
  expect(planned).toBe(2);
});

test('a planner that closes refuses what still waits', async () => {
  const planner = createPlanner({
    sdl,
    deadlineMilliseconds: 60_000,
    onPlanned: () => {},
    onFailure: () => {},
  });
  const waiting = [plain, plain].map((text) => planner.plan({ text, operationName: undefined }));
  const refused = Promise.allSettled(waiting);
  await planner.close();
  const unavailable = { status: 'rejected', reason: { code: 'UNAVAILABLE' } };
  expect(await refused).toMatchObject([unavailable, unavailable]);
});
