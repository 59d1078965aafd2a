/**
 * `npm run bench:live [-- --clients 10000] [--only tributary]`: one gateway process with real Redis,
 * its subscribers in another process. Every scenario meets a fresh gateway.
 */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { installPeers } from '@tributary/bench-gateway/gateways/install-peers';
import { startGateway } from '@tributary/bench-gateway/gateways/start-gateway';
import { describeRun } from '@tributary/bench-gateway/report/machine';
import { freePort, startOrphanGuard, startRedis } from '@tributary/local-stack';
import { Redis } from 'ioredis';
import { type LiveGateway, liveGateways } from './gateways.ts';
import { type Figures, measureScenario } from './measure-scenario.ts';
import { type Scenario, scenarios } from './scenarios.ts';
import { composeBenchSupergraph } from './supergraph.ts';

const { values } = parseArgs({
  options: {
    clients: { type: 'string', default: '10000' },
    rounds: { type: 'string', default: '20' },
    only: { type: 'string' },
  },
});
const clients = wholeNumber('clients', values.clients);
const rounds = wholeNumber('rounds', values.rounds);
const measured = await withoutMissingPeers(
  liveGateways.filter(({ name }) => !values.only || name === values.only),
);

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

interface Row {
  scenario: Scenario;
  gateway: LiveGateway;
  outcome: Figures | string;
}

const rows: Row[] = [];
for (const [place, scenario] of scenarios.entries()) {
  for (const gateway of measured) {
    process.stdout.write(`  ${scenario.title}: ${gateway.setup.title} … `);
    const outcome = await measure(gateway, place, scenario).catch((error: Error) => error.message);
    console.log(typeof outcome === 'string' ? outcome : 'done');
    rows.push({ scenario, gateway, outcome });
  }
}
const machine = await describeRun(measured.map(({ name }) => name));
console.log(`\n${machine.join('  \n')}\n\n${toMarkdown(rows)}`);

async function measure(gateway: LiveGateway, place: number, scenario: Scenario): Promise<Figures> {
  await using running = await startGateway({
    setup: gateway.setup,
    supergraph,
    environment: { REDIS_URL: server.url, ...gateway.environment },
    logPath: join(directory, 'gateway.log'),
    guard,
  });
  return await measureScenario({ scenario, place, clients, rounds, gateway, running, redis });
}

async function withoutMissingPeers(wanted: readonly LiveGateway[]): Promise<LiveGateway[]> {
  if (!wanted.some(({ setup }) => setup.peer)) return [...wanted];
  try {
    await installPeers();
    return [...wanted];
  } catch (error) {
    console.log(`  without the peers: ${(error as Error).message}`);
    return wanted.filter(({ setup }) => !setup.peer);
  }
}

function wholeNumber(name: string, text: string): number {
  const number = Number(text);
  if (Number.isInteger(number) && number >= 1) return number;
  console.error(`--${name}: expected a whole number of at least 1.`);
  process.exit(64);
}

function toMarkdown(all: readonly Row[]): string {
  const head = [
    'scenario',
    'gateway',
    'memory a client',
    'p50',
    'p95',
    'p99',
    'slowest',
    'CPU a round',
    "clients' CPU a round",
  ];
  const cells = all.map(({ scenario, gateway, outcome }) => [
    scenario.title,
    gateway.setup.title,
    ...(typeof outcome === 'string' ? [outcome] : figureCells(outcome)),
  ]);
  return [head, head.map(() => '---'), ...cells].map((row) => `| ${row.join(' | ')} |`).join('\n');
}

function figureCells(figures: Figures): string[] {
  const { bytesPerClient, p50, p95, p99, slowest, cpuPerRound, loadCpuPerRound } = figures;
  return [
    `${(bytesPerClient / 1024).toFixed(1)} KB`,
    ...[p50, p95, p99, slowest, cpuPerRound, loadCpuPerRound].map(
      (milliseconds) => `${milliseconds.toFixed(0)} ms`,
    ),
  ];
}
