import { existsSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { z } from 'zod';

const root = new URL('../', import.meta.url);
const read = (path: string) => readFileSync(new URL(path, root), 'utf8');

const composeSchema = z.object({
  services: z.record(
    z.string(),
    z.looseObject({
      image: z.string().optional(),
      build: z
        .object({ context: z.literal('.'), dockerfile: z.string(), target: z.string() })
        .optional(),
      environment: z.record(z.string(), z.string()).optional(),
      depends_on: z.record(z.string(), z.object({ condition: z.string() })).optional(),
      networks: z.array(z.string()).optional(),
      ports: z.array(z.string()).optional(),
    }),
  ),
  networks: z.record(z.string(), z.unknown()),
  volumes: z.record(z.string(), z.unknown()),
});
const compose = composeSchema.parse(parse(read('docker-compose.yml'), { merge: true }));
const dockerfile = read('deploy/Dockerfile');

test('compose runs both stores, the migrations, four subgraphs and the gateway', () => {
  expect(Object.keys(compose.services).toSorted()).toEqual([
    'analytics',
    'gateway',
    'migrate',
    'notifications',
    'postgres',
    'processing',
    'redis',
    'users',
  ]);
});

test('whatever a service depends on, builds or runs exists', () => {
  const targets = [...dockerfile.matchAll(/^FROM \S+ AS (\S+)$/gm)].map((match) => match[1]);
  for (const { build, depends_on = {}, networks = [] } of Object.values(compose.services)) {
    if (build) expect(targets).toContain(build.target);
    for (const name of Object.keys(depends_on)) expect(compose.services).toHaveProperty(name);
    for (const name of networks) expect(compose.networks).toHaveProperty(name);
  }
  const scripts = [...dockerfile.matchAll(/"([\w/.-]+\.ts)"/g)].map((match) => match[1] ?? '');
  expect(scripts.length).toBeGreaterThan(5);
  for (const script of scripts) expect(existsSync(new URL(script, root)), script).toBe(true);
});

test('only the gateway is reachable from outside', () => {
  const published = Object.entries(compose.services).filter(([, { ports }]) => ports !== undefined);
  expect(published.map(([name]) => name)).toEqual(['gateway']);
});

test('every variable that compose reads is in .env.example, and no secret has a default', () => {
  const variables = [...read('docker-compose.yml').matchAll(/\$\{(\w+)(:?[?-])?([^}]*)\}/g)];
  const documented = read('.env.example');
  for (const [, name, operator, value] of variables) {
    expect(documented).toMatch(new RegExp(`^${name}=`, 'm'));
    if (/PASSWORD|KEY/.test(name ?? ''))
      expect([operator, value], name).not.toEqual([':-', expect.anything()]);
  }
});
