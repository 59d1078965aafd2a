import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import pg from 'pg';
import { expect, test, vi } from 'vitest';
import { temporaryDirectory } from '../testing/temporary-directory.ts';
import { freePort } from './free-port.ts';
import { startPostgres } from './postgres.ts';
import { isAlive, sendSignal } from './process-signals.ts';

vi.setConfig({ testTimeout: 60_000 });

const start = async (directory: string, lines: string[] = []) =>
  startPostgres({
    directory,
    port: await freePort(),
    log: (line) => lines.push(line),
    settings: { fsync: 'off' },
  });

async function query(url: string, sql: string): Promise<Record<string, unknown>[]> {
  const client = new pg.Client({ connectionString: url });
  client.on('error', () => {});
  await client.connect();
  try {
    return (await client.query(sql)).rows;
  } finally {
    await client.end();
  }
}

test('what was written is there at the next start, with the same password', async () => {
  await using home = await temporaryDirectory();
  const first = await start(home.path);
  await query(first.url('postgres'), 'CREATE TABLE kept AS SELECT 7 AS n');
  await first.stop();
  expect(isAlive(first.pid)).toBe(false);

  await using second = await start(home.path);
  expect(await query(second.url('postgres'), 'SELECT n FROM kept')).toEqual([{ n: 7 }]);
  const { mode } = await stat(join(home.path, 'password'));
  expect(mode & 0o777).toBe(0o600);
});

test('it takes two hundred connections and only ones with the password', async () => {
  await using home = await temporaryDirectory();
  await using server = await start(home.path);
  const shown = await query(server.url('postgres'), 'SHOW max_connections');
  expect(shown).toEqual([{ max_connections: '200' }]);
  const stranger = new URL(server.url('postgres'));
  stranger.password = 'guess';
  await expect(query(stranger.href, 'SELECT 1')).rejects.toThrow('password authentication failed');
});

test('killed outright, it is back with what was committed, and that is said', async () => {
  await using home = await temporaryDirectory();
  const lines: string[] = [];
  await using server = await start(home.path, lines);
  await query(server.url('postgres'), 'CREATE TABLE kept AS SELECT 7 AS n');
  const killed = server.pid;

  sendSignal(killed, 'SIGKILL');
  await vi.waitUntil(() => server.pid !== killed, { timeout: 20_000 });

  expect(await query(server.url('postgres'), 'SELECT n FROM kept')).toEqual([{ n: 7 }]);
  expect(lines).toEqual(['PostgreSQL was ended by SIGKILL; starting it again']);
});
