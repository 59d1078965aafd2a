/**
 * `npm run bench:live [-- --clients 10000]`: one gateway process with real Redis, its subscribers in
 * another process. Every scenario meets a fresh gateway.
 */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { freePort, startOrphanGuard, startRedis } from '@tributary/local-stack';
import { Redis } from 'ioredis';
import { type Figures, measureScenario } from './measure-scenario.ts';
import { scenarios } from './scenarios.ts';
import { startGateway } from './start-gateway.ts';
import { composeBenchSupergraph } from './supergraph.ts';

const { values } = parseArgs({ options: { clients: { type: 'string', default: '10000' } } });
const clients = Number(values.clients);
if (!Number.isInteger(clients) || clients < 1) {
  console.error('--clients: expected a whole number of at least 1.');
  process.exit(64);
}

await using resources = new AsyncDisposableStack();
const directory = await mkdtemp(join(tmpdir(), 'tributary-bench-live-'));
resources.defer(() => rm(directory, { recursive: true, force: true }));
const guard = startOrphanGuard();
resources.defer(() => guard.close());
const server = resources.use(
  await startRedis({ directory, port: await freePort(), log: () => {}, guard }),
);
const redis = resources.adopt(new Redis(server.url), (client) => client.disconnect());
const supergraph = join(directory, 'supergraph.graphql');
await writeFile(supergraph, composeBenchSupergraph());

const all: Figures[] = [];
for (const [place, scenario] of scenarios.entries()) {
  process.stdout.write(`  ${scenario.title} … `);
  const logPath = join(directory, 'gateway.log');
  await using gateway = await startGateway({ supergraph, redisUrl: server.url, logPath, guard });
  all.push(await measureScenario({ scenario, place, clients, gateway, redis }));
  console.log('done');
}
console.log(`\n${cpus().length} cores (${cpus()[0]?.model}), Node ${process.versions.node}\n`);
console.log(toMarkdown(all));

function toMarkdown(figures: readonly Figures[]): string {
  const rows = figures.map(({ title, clients: count, bytesPerClient, cpuPerMessage, ...times }) => [
    title,
    count.toLocaleString('en'),
    `${(bytesPerClient / 1024).toFixed(1)} KB`,
    ...[times.p50, times.p95, times.p99, times.slowest].map((time) => `${time.toFixed(0)} ms`),
    `${cpuPerMessage.toFixed(2)} ms`,
  ]);
  const head = [
    'scenario',
    'clients',
    'memory a client',
    'p50',
    'p95',
    'p99',
    'slowest',
    'CPU a message',
  ];
  return [head, head.map(() => '---'), ...rows].map((row) => `| ${row.join(' | ')} |`).join('\n');
}
