import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { runCli } from './run-cli.ts';

const supergraph = join(import.meta.dirname, '../../../schema/supergraph.graphql');

async function folderOf(files: Record<string, string>) {
  const directory = await mkdtemp(join(tmpdir(), 'tributary-cli-'));
  for (const [name, content] of Object.entries(files)) {
    await writeFile(join(directory, name), content);
  }
  return { directory, [Symbol.asyncDispose]: () => rm(directory, { recursive: true }) };
}

test('operations of files that fit a supergraph are told to, without a gateway', async () => {
  await using folder = await folderOf({
    'relay.json': JSON.stringify({ a: '{ viewer { name } }', b: '{ workspace { name } }' }),
    'people.graphql': 'query People { workspace { id } }',
  });
  const { directory } = folder;
  const done = await runCli(['operations', 'check', directory, '--supergraph', supergraph]);
  expect(done).toEqual({ stdout: `3 operations fit ${supergraph}.\n`, stderr: '', exitCode: 0 });
});

test('what does not fit fails the command, with file, line and column of each', async () => {
  await using folder = await folderOf({
    'a.graphql': 'query A {\n  workspace {\n    nmae\n  }\n}',
    'b.json': JSON.stringify({ b: '{ viewer(id: 1) { name } }' }),
  });
  const { directory } = folder;
  const done = await runCli(['operations', 'check', directory, '--supergraph', supergraph]);
  expect(done.exitCode).toBe(1);
  expect(done.stderr).toMatch(/a\.graphql, line 3, column 5: Cannot query field "nmae"/);
  expect(done.stderr).toMatch(/b\.json, id b, line 1, column 10: Unknown argument "id"/);
});

test('limits of a gateway’s settings hold too', async () => {
  await using folder = await folderOf({
    'gateway.json': JSON.stringify({ limits: { depth: 1 } }),
    'a.graphql': 'query A { viewer { name } }',
  });
  const file = (name: string) => join(folder.directory, name);
  const flags = ['--supergraph', supergraph, '--config', file('gateway.json')];
  const done = await runCli(['operations', 'check', file('a.graphql'), ...flags]);
  expect(done.stderr).toContain('The operation has 2 levels of nested fields; the limit is 1.');
});

test.for([
  [[], 64, 'tributary operations push FILE'],
  [[], 64, 'tributary metrics rebuild METRIC'],
  [['metrics'], 64, 'tributary metrics rebuild METRIC'],
  [['metrics', 'rebuild'], 64, 'METRIC is missing'],
  [['metrics', 'rebuild', '--colour'], 64, "Unknown option '--colour'"],
  [['metrics', 'list'], 1, 'TRIBUTARY_TOKEN: set it to an access token or an API key'],
  [['operations', 'fly'], 64, 'tributary operations push FILE'],
  [['operations', 'push', '--colour'], 64, "Unknown option '--colour'"],
  [['import'], 64, 'Expected one FILE.'],
  [['import', 'flights.csv'], 64, '--source is missing.'],
  [['operations', 'check'], 64, '--supergraph is missing'],
  [['operations', 'push', '--client', 'acme'], 64, 'FILE is missing'],
  [['operations', 'retire', '--client', 'acme'], 64, '--version is missing'],
  [
    ['operations', 'retire', '--client', 'acme', '--version', 'x'],
    64,
    '--version: expected a number',
  ],
  [['operations', 'list'], 1, 'TRIBUTARY_TOKEN: set it to an access token or an API key'],
  [['operations', 'check', 'nothing.json', '--supergraph', supergraph], 1, 'nothing.json'],
  [['operations', 'check', '--supergraph', 'nowhere.graphql'], 1, 'nowhere.graphql cannot be read'],
] as const)('%o ends with %i, saying why', async ([words, exitCode, message]) => {
  const done = await runCli(words);
  expect(done).toMatchObject({ stdout: '', exitCode });
  expect(done.stderr).toContain(message);
});

test('a gateway that is away is told apart from a refusal', async () => {
  const done = await runCli(['operations', 'list'], {
    TRIBUTARY_URL: 'http://127.0.0.1:1',
    TRIBUTARY_TOKEN: 'x',
  });
  expect(done.exitCode).toBe(69);
  expect(done.stderr).toContain('http://127.0.0.1:1/graphql cannot be reached');
});
