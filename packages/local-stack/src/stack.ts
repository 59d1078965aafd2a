/** The whole platform on one machine: servers, databases, services; one call starts it all. */
import { mkdir } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { applyMigrations, type DatabaseName, databaseNames } from '@tributary/prisma/migrate';
import { assertPortFree, freePorts } from './free-port.ts';
import { type OrphanGuard, startOrphanGuard } from './orphan-guard.ts';
import { startPostgres } from './postgres.ts';
import { createSupervisor, type Supervisor } from './process-supervisor.ts';
import { startRedis } from './redis.ts';
import { loadOrCreateSecrets } from './secrets.ts';
import {
  services as allServices,
  type ServiceDefinition,
  type ServiceName,
  type StackFacts,
  serviceEnvironment,
  serviceUrl,
} from './services.ts';

export interface StackOptions {
  /** Where everything that outlives a run is kept. */
  home: string;
  /** Where the gateway listens. */
  port: number;
  demo?: { email: string; password: string } | undefined;
  smtpUrl?: string | undefined;
  logLevel?: string | undefined;
  /** Takes one line per step, and per thing that goes wrong later. */
  report?: (step: string) => void;
  /** Gives up starting; what was started is stopped. */
  signal?: AbortSignal | undefined;
  /** Unless given, the platform's own. */
  services?: readonly ServiceDefinition[];
  /** Read for REDIS_URL, POSTGRES_URL, EVENT_LOG_URL, NODE_ENV, keys, and handed to services. */
  environment?: NodeJS.ProcessEnv;
  /** Further PostgreSQL settings, e.g. `{ fsync: 'off' }` for tests. */
  postgresSettings?: Record<string, string>;
}

export interface Stack extends AsyncDisposable {
  /** Where people reach it. */
  url: string;
  redisUrl: string;
  databaseUrl(name: DatabaseName): string;
  serviceUrl(name: ServiceName): string;
  supervisor: Supervisor;
  stop(): Promise<void>;
}

const repository = resolve(import.meta.dirname, '../../..');

/** Starts the stack; when that fails or is given up, whatever was started is stopped again. */
export async function startStack(options: StackOptions): Promise<Stack> {
  const { port, report = () => {}, signal } = options;
  const home = resolve(options.home);
  await assertPortFree(port);
  await mkdir(home, { recursive: true });
  await using started = new AsyncDisposableStack();
  const guard = started.use(startOrphanGuard());
  const [ports, secrets, servers] = await Promise.all([
    choosePorts(port),
    loadOrCreateSecrets(home, options.environment),
    startServers({ ...options, home }, guard, started),
  ]);
  signal?.throwIfAborted();
  await migrateAll(servers.databaseUrl, report);
  signal?.throwIfAborted();
  const supervisor = started.use(
    createSupervisor({ log: report, logDirectory: join(home, 'logs'), guard }),
  );
  await runServices(options, supervisor, {
    ...servers,
    repository,
    home,
    ports,
    secrets,
    publicUrl: `http://localhost:${port}`,
    logLevel: options.logLevel ?? 'info',
    demo: options.demo,
    smtpUrl: options.smtpUrl,
    environment: options.environment ?? process.env,
  });
  const everything = started.move();
  const stop = () => everything.disposeAsync();
  return {
    url: `http://localhost:${port}`,
    ...servers,
    serviceUrl: (name) => serviceUrl(name, { ports }),
    supervisor,
    stop,
    [Symbol.asyncDispose]: stop,
  };
}

async function choosePorts(port: number): Promise<Record<ServiceName, number>> {
  const free = await freePorts(databaseNames.length);
  const internal = databaseNames.map((name, index) => [name, free[index]]);
  return { ...Object.fromEntries(internal), gateway: port };
}

type Servers = Pick<StackFacts, 'redisUrl' | 'databaseUrl'>;

async function startServers(
  options: StackOptions,
  guard: OrphanGuard,
  started: AsyncDisposableStack,
): Promise<Servers> {
  const results = await Promise.allSettled([
    databaseServer(options, guard, started),
    redisServer(options, guard, started),
  ]);
  const [databaseUrl, redisUrl] = results;
  if (databaseUrl.status === 'rejected') throw databaseUrl.reason;
  if (redisUrl.status === 'rejected') throw redisUrl.reason;
  return { databaseUrl: databaseUrl.value, redisUrl: redisUrl.value };
}

async function databaseServer(
  { home, report = () => {}, environment = process.env, postgresSettings = {} }: StackOptions,
  guard: OrphanGuard,
  started: AsyncDisposableStack,
): Promise<StackFacts['databaseUrl']> {
  const given = environment.POSTGRES_URL;
  if (given) return (name) => Object.assign(new URL(given), { pathname: `/${name}` }).href;
  const [port] = await freePorts(1);
  if (port === undefined) throw new Error('There is no free port for PostgreSQL.');
  const directory = join(home, 'postgres');
  const settings = postgresSettings;
  const server = await startPostgres({ directory, port, log: report, guard, settings });
  started.use(server);
  report('PostgreSQL is up');
  return server.url;
}

async function redisServer(
  { home, report = () => {}, environment = process.env }: StackOptions,
  guard: OrphanGuard,
  started: AsyncDisposableStack,
): Promise<string> {
  if (environment.REDIS_URL) return environment.REDIS_URL;
  const [port] = await freePorts(1);
  if (port === undefined) throw new Error('There is no free port for Redis.');
  const server = await startRedis({ directory: join(home, 'redis'), port, log: report, guard });
  started.use(server);
  report('Redis is up');
  return server.url;
}

async function migrateAll(
  databaseUrl: StackFacts['databaseUrl'],
  report: (step: string) => void,
): Promise<void> {
  const applied = await Promise.all(
    databaseNames.map((name) => applyMigrations({ name, url: databaseUrl(name) })),
  );
  const count = applied.flat().length;
  report(count === 0 ? 'databases are up to date' : `databases are migrated (${count} steps)`);
}

/** The subgraphs side by side, then the gateway, which needs them. */
async function runServices(
  { report = () => {}, services = allServices, signal }: StackOptions,
  supervisor: Supervisor,
  facts: StackFacts,
): Promise<void> {
  const run = async ({ name, script }: ServiceDefinition) => {
    await supervisor.run({
      name,
      script: resolve(repository, script),
      env: serviceEnvironment(name, facts),
      readyUrl: `${serviceUrl(name, facts)}/health/ready`,
      signal,
    });
    report(`${name} is up`);
  };
  await Promise.all(services.filter(({ name }) => name !== 'gateway').map(run));
  await Promise.all(services.filter(({ name }) => name === 'gateway').map(run));
}
