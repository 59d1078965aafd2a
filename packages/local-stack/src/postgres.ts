/** A persistent PostgreSQL server on 127.0.0.1, from the binaries that npm delivers. */
import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import pg from 'pg';
import { type OrphanGuard, startOrphanGuard } from './orphan-guard.ts';
import { type Account, postgresAccount } from './postgres-account.ts';
import { type PostgresBinaries, postgresBinaries } from './postgres-binaries.ts';
import { untilPreviousRunEnded } from './previous-run.ts';
import { readOrCreatePassword } from './private-file.ts';
import { startServer } from './server-process.ts';
import type { Log } from './until-ready.ts';

export interface PostgresOptions {
  /** Where its data, password and log live; created when missing. */
  directory: string;
  port: number;
  log: Log;
  /** Ends the server when this process dies; one of its own unless given. */
  guard?: OrphanGuard;
  /** Further server settings, e.g. `{ fsync: 'off' }` for tests. */
  settings?: Record<string, string>;
}

export interface Postgres extends AsyncDisposable {
  /** The connection URL of a database on it; the database need not exist yet. */
  url(databaseName: string): string;
  stop(): Promise<void>;
  restart(): Promise<void>;
  readonly pid: number;
}

const run = promisify(execFile);

const ownSettings = {
  listen_addresses: '127.0.0.1',
  unix_socket_directories: '',
  max_connections: '200',
  // Not in /dev/shm, which containers keep at 64 MB.
  ...(process.platform === 'linux' && { dynamic_shared_memory_type: 'sysv' }),
  max_wal_size: '2GB',
  log_min_messages: 'warning',
};

export async function startPostgres(options: PostgresOptions): Promise<Postgres> {
  const { directory, port, log } = options;
  const data = join(directory, 'data');
  await mkdir(directory, { recursive: true });
  const password = await readOrCreatePassword(join(directory, 'password'));
  const binaries = await postgresBinaries();
  const account = postgresAccount([binaries.postgres, data]);
  if (!existsSync(data)) await initialise({ directory, data, password, binaries, account });
  const pidFile = join(data, 'postmaster.pid');
  await untilPreviousRunEnded({ name: 'PostgreSQL', pidFile, directory: data });

  const url = (name: string) => `postgresql://postgres:${password}@127.0.0.1:${port}/${name}`;
  const guard = options.guard ?? startOrphanGuard();
  const settings = Object.entries({ ...ownSettings, ...options.settings });
  const flags = settings.flatMap(([key, value]) => ['-c', `${key}=${value}`]);
  const server = await startServer({
    name: 'PostgreSQL',
    ...account.run(binaries.postgres, ['-D', data, '-p', `${port}`, ...flags]),
    logPath: join(directory, 'postgres.log'),
    guard,
    kind: 'server',
    stopSignal: 'SIGINT', // Fast shutdown: ends the sessions instead of waiting for them.
    log,
    isReady: () => accepts(url('postgres')),
  });

  async function stop(): Promise<void> {
    await server.stop();
    if (!options.guard) guard.close();
  }

  return {
    url,
    stop,
    restart: server.restart,
    [Symbol.asyncDispose]: stop,
    get pid() {
      return server.pid;
    },
  };
}

interface InitialiseOptions {
  directory: string;
  data: string;
  password: string;
  binaries: PostgresBinaries;
  account: Account;
}

/** Prepared beside and renamed when done, so that a half-made cluster is never taken for one. */
async function initialise({ directory, data, password, binaries, account }: InitialiseOptions) {
  const draft = join(directory, `draft-${process.pid}`);
  const passwordFile = join(directory, `draft-${process.pid}.password`);
  await mkdir(draft, { mode: 0o700 });
  await writeFile(passwordFile, password, { mode: 0o600 });
  for (const path of [draft, passwordFile]) account.own(path);
  const { command, args } = account.run(binaries.initdb, [
    `--pgdata=${draft}`,
    '--username=postgres',
    `--pwfile=${passwordFile}`,
    '--auth=scram-sha-256',
    '--encoding=UTF8',
    '--locale-provider=builtin',
    '--locale=C',
    '--builtin-locale=C.UTF-8',
  ]);
  try {
    await run(command, args);
    await rename(draft, data);
  } catch (cause) {
    await rm(draft, { recursive: true, force: true });
    const { stderr } = cause as { stderr?: string };
    throw new Error(`PostgreSQL could not prepare ${data}:\n${stderr ?? cause}`, { cause });
  } finally {
    await rm(passwordFile, { force: true });
  }
}

async function accepts(url: string): Promise<boolean> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 2_000 });
  client.on('error', () => {});
  try {
    await client.connect();
    return true;
  } catch {
    return false;
  } finally {
    await client.end().catch(() => {});
  }
}
