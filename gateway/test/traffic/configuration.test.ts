import { mkdtempDisposable, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { loadConfiguration } from '../../src/configuration.ts';
import { settingsOfSubgraph } from '../../src/execute/subgraph-client/subgraph-settings.ts';

const source = join(import.meta.dirname, '../../src/configuration.ts');

async function load(name: string, text: string) {
  await using directory = await mkdtempDisposable(join(tmpdir(), 'tributary-configuration-'));
  const file = join(directory.path, name);
  await writeFile(file, text);
  return await loadConfiguration(file);
}

test('without a file everything is as documented', async () => {
  const { subgraphs, rateLimits, telemetry } = await loadConfiguration(undefined);

  expect(subgraphs.all).toMatchObject({
    timeout: 30_000,
    retries: { attempts: 2, budget: 0.2 },
    breaker: { failures: 0.5, openFor: 30_000 },
  });
  expect(rateLimits.principal).toEqual({ points: 1_000, seconds: 60 });
  expect(telemetry.sampling).toBe(1);
});

test('a TypeScript file is read as it is', async () => {
  const { subgraphs } = await load(
    'gateway.config.ts',
    `import { defineGatewayConfiguration } from ${JSON.stringify(source)};
     const seconds: number = 5;
     export default defineGatewayConfiguration({ subgraphs: { all: { timeout: seconds * 1000 } } });`,
  );

  expect(subgraphs.all.timeout).toBe(5_000);
});

test('a named subgraph has what it says, then what all have, then the defaults', async () => {
  const { subgraphs } = await load(
    'gateway.json',
    JSON.stringify({
      subgraphs: {
        all: { timeout: 1_000, retries: { attempts: 1 } },
        named: { products: { concurrency: 8, retries: { budget: 0 } } },
      },
    }),
  );

  expect(settingsOfSubgraph(subgraphs, 'products')).toMatchObject({
    concurrency: 8,
    timeout: 1_000,
    retries: { attempts: 1, budget: 0, firstDelay: 50 },
  });
  for (const other of ['reviews', 'toString']) {
    expect(settingsOfSubgraph(subgraphs, other)).toEqual(subgraphs.all);
  }
});

test('every wrong setting is named with what was expected', async () => {
  const wrong = load(
    'gateway.json',
    '{"subgraphs":{"named":{"products":{"timeout":"soon","timeOut":1}}},"rateLimits":{"cost":{}}}',
  );

  await expect(wrong).rejects.toThrow(/subgraphs\.named\.products\.timeout: .*expected number/);
  await expect(wrong).rejects.toThrow(/subgraphs\.named\.products: .*timeOut/);
  await expect(wrong).rejects.toThrow(/rateLimits\.cost\.points: .*expected number/);
});

test.each([
  ['gateway.json', '{', /gateway\.json cannot be read/],
  ['gateway.mjs', 'export const timeout = 1;', /no default export/],
  ['gateway.mjs', 'export default 5;', /the whole: .*expected object/],
])('%s with %s is refused with its reason', async (name, text, reason) => {
  await expect(load(name, text)).rejects.toThrow(reason);
});
