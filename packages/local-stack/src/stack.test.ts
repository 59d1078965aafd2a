import { join } from 'node:path';
import { databaseNames } from '@tributary/prisma/migrate';
import { Redis } from 'ioredis';
import pg from 'pg';
import { expect, test, vi } from 'vitest';
import { standIns } from '../testing/stand-ins.ts';
import { temporaryDirectory } from '../testing/temporary-directory.ts';
import { freePort } from './free-port.ts';
import { isAlive } from './process-signals.ts';
import { type StackOptions, startStack } from './stack.ts';

vi.setConfig({ testTimeout: 60_000 });

async function stackOf(home: string, overrides: Partial<StackOptions> = {}) {
  const steps: string[] = [];
  const stack = await startStack({
    home,
    port: await freePort(),
    services: standIns,
    environment: {},
    postgresSettings: { fsync: 'off' },
    report: (step) => steps.push(step),
    ...overrides,
  });
  return Object.assign(stack, { steps });
}

async function environmentOf(url: string): Promise<Record<string, string>> {
  const body: unknown = await (await fetch(`${url}/environment`)).json();
  return body as Record<string, string>;
}

test('one call starts the servers, the databases and every service', async () => {
  await using home = await temporaryDirectory();
  await using stack = await stackOf(home.path);

  expect(stack.steps.at(-1)).toBe('gateway is up');
  for (const { name } of standIns) {
    expect((await fetch(`${stack.serviceUrl(name)}/health/ready`)).status).toBe(200);
  }
  const redis = new Redis(stack.redisUrl);
  expect(await redis.ping()).toBe('PONG');
  redis.disconnect();
  for (const name of databaseNames) {
    const client = new pg.Client({ connectionString: stack.databaseUrl(name) });
    await client.connect();
    expect((await client.query('SELECT current_database() AS name')).rows).toEqual([{ name }]);
    await client.end();
  }
});

test('a service is told its own secrets and nobody else’s', async () => {
  await using home = await temporaryDirectory();
  const demo = { email: 'ada@example.com', password: 'a long one' };
  const environment = { TOKEN_PRIVATE_KEY: 'leaked', GREETING: 'hello' };
  await using stack = await stackOf(home.path, { demo, environment, smtpUrl: 'smtp://mail:25' });
  const users = await environmentOf(stack.serviceUrl('users'));
  const gateway = await environmentOf(stack.url);

  expect(users).toMatchObject({
    HOST: '127.0.0.1',
    LOG_LEVEL: 'info',
    NODE_ENV: 'development',
    DATABASE_URL: stack.databaseUrl('users'),
    DEMO_EMAIL: demo.email,
    DEMO_PASSWORD: demo.password,
    EVENT_LOG_URL: stack.redisUrl,
    PUBLIC_URL: stack.url,
    GREETING: 'hello',
  });
  expect(JSON.parse(users.TOKEN_PRIVATE_KEY ?? '')).toHaveProperty('d');
  expect(users).not.toHaveProperty('PASSPORT_PRIVATE_KEY');
  expect(gateway).not.toHaveProperty('TOKEN_PRIVATE_KEY');
  expect(gateway).not.toHaveProperty('DATABASE_URL');
  expect(gateway).toMatchObject({
    USERS_URL: stack.serviceUrl('users'),
    JWKS_URL: `${stack.serviceUrl('users')}/.well-known/jwks.json`,
    SUPERGRAPH: expect.stringMatching(/schema\/supergraph\.graphql$/),
  });
  const { d, ...publicKey } = JSON.parse(gateway.PASSPORT_PRIVATE_KEY ?? '');
  expect(d).toBeTypeOf('string');
  expect(JSON.parse(users.PASSPORT_PUBLIC_KEY ?? '')).toEqual(publicKey);
  const notifications = await environmentOf(stack.serviceUrl('notifications'));
  expect(notifications).toMatchObject({ SMTP_URL: 'smtp://mail:25', PUBLIC_URL: stack.url });
});

test('POSTGRES_URL and REDIS_URL replace the servers of its own', async () => {
  await using home = await temporaryDirectory();
  await using other = await temporaryDirectory();
  await using stack = await stackOf(home.path, { services: [] });
  const environment = { POSTGRES_URL: stack.databaseUrl('users'), REDIS_URL: stack.redisUrl };
  await using guest = await stackOf(other.path, { environment });

  expect(guest.redisUrl).toBe(stack.redisUrl);
  expect(guest.databaseUrl('analytics')).toBe(stack.databaseUrl('analytics'));
  expect(guest.steps).not.toContain('PostgreSQL is up');
});

test('a stack that cannot start says why and takes everything down again', async () => {
  await using home = await temporaryDirectory();
  const script = join(home.path, 'missing.ts');
  const broken = [...standIns.slice(0, 1), { name: 'gateway', script } as const];

  await expect(stackOf(home.path, { services: broken })).rejects.toThrow(/gateway.*missing\.ts/s);

  // Its directories are free again, so the next start does not have to wait.
  await using stack = await stackOf(home.path);
  expect(stack.steps).toContain('PostgreSQL is up');
});

test('a start that is given up ends what it began', async () => {
  await using home = await temporaryDirectory();
  const giveUp = new AbortController();
  const report = (step: string) => {
    if (step.startsWith('databases')) giveUp.abort(new Error('Ctrl-C'));
  };
  await expect(stackOf(home.path, { report, signal: giveUp.signal })).rejects.toThrow('Ctrl-C');
});

test('stopping leaves no service behind', async () => {
  await using home = await temporaryDirectory();
  const stack = await stackOf(home.path);
  const pids = standIns.map(({ name }) => stack.supervisor.pid(name) ?? 0);

  await stack.stop();

  await vi.waitUntil(() => !pids.some(isAlive));
});
