import { execFileSync, spawn } from 'node:child_process';
import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { serveHttp } from '@tributary/testkit';
import { describe, expect, test } from 'vitest';
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
  [['events'], 64, 'tributary events export --source SOURCE'],
  [['events', 'export', '--output', 'flights.csv'], 64, '--source is missing.'],
  [['events', 'export', '--source', 'Flights'], 64, '--output is missing'],
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

describe('an export', () => {
  const source = '0b0e6a2c-5d0f-4c7e-9f59-3a4d8f0f6c11';
  const exportTo = (output: string, url: string) =>
    runCli(['events', 'export', '--source', source, '--type', 'a', '--output', output], {
      TRIBUTARY_URL: url,
      TRIBUTARY_TOKEN: 'x',
    });

  test('that breaks off fails the command and leaves no file', async () => {
    await using folder = await folderOf({});
    await using server = await serveHttp((_, response) => {
      response.write('{"id":"1"}\n', () => response.destroy());
    });
    const done = await exportTo(join(folder.directory, 'events.ndjson'), server.url);
    expect(done).toMatchObject({ stdout: '', exitCode: 1 });
    expect(done.stderr).toMatch(/broke off after \d+ bytes and is not complete/);
    expect(await readdir(folder.directory)).toEqual([]);
  });

  test('asks for the format that the file’s name says, and is written to it, or to the standard output', async () => {
    await using folder = await folderOf({});
    const asked: string[] = [];
    await using server = await serveHttp((request, response) => {
      asked.push(`${request.headers.authorization} ${request.url}`);
      response.end('id\r\n');
    });
    const file = join(folder.directory, 'events.csv');
    expect(await exportTo(file, server.url)).toMatchObject({ stdout: `${file}: 4 bytes.\n` });
    expect(await readFile(file, 'utf8')).toBe('id\r\n');
    expect(await exportTo('-', server.url)).toMatchObject({ stdout: 'id\r\n', exitCode: 0 });
    const path = `Bearer x /v1/exports/events?source=${source}`;
    expect(asked).toEqual([`${path}&format=csv&type=a`, `${path}&format=ndjson&type=a`]);
  });

  test('goes into a pipe that has a name instead of taking its place', async () => {
    await using folder = await folderOf({});
    await using server = await serveHttp((_, response) => response.end('{"id":"1"}\n'));
    const pipe = join(folder.directory, 'pipe');
    execFileSync('mkfifo', [pipe]);
    const reader = spawn('cat', [pipe]);
    try {
      const [read, done] = await Promise.all([text(reader.stdout), exportTo(pipe, server.url)]);
      expect(done).toMatchObject({ stdout: `${pipe}: 11 bytes.\n`, exitCode: 0 });
      expect(read).toBe('{"id":"1"}\n');
      expect((await stat(pipe)).isFIFO()).toBe(true);
    } finally {
      reader.kill();
    }
  });

  test('into a directory says what is wrong', async () => {
    await using folder = await folderOf({});
    await using server = await serveHttp((_, response) => response.end('{"id":"1"}\n'));
    const done = await exportTo(folder.directory, server.url);
    expect(done).toMatchObject({ stdout: '', exitCode: 1 });
    expect(done.stderr).toMatch(/not complete: EISDIR/);
    expect(await readdir(folder.directory)).toEqual([]);
  });
});
