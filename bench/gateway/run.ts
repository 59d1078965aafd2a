/** `npm run bench:gateway`: the gateways side by side under the same loads, one after the other. */
import { writeFile } from 'node:fs/promises';
import { type GatewayName, gateways } from './gateways/gateways.ts';
import { installPeers } from './gateways/install-peers.ts';
import { type Ground, prepareGround } from './ground.ts';
import { type LoadName, throughputLoads } from './loads/loads.ts';
import { type Options, readOptions } from './options.ts';
import type { Outcome } from './outcomes.ts';
import { describeRun } from './report/machine.ts';
import { toMarkdown } from './report/markdown.ts';
import { runIsolation, runMemory, runThroughput, type Subject } from './run-loads.ts';

const options = readOptions(process.argv.slice(2));
const names = await withoutMissingPeers(options.gateway);
await using ground = await prepareGround();

const outcomes: Outcome[] = [];
for (const load of options.only) {
  for (const gateway of names) {
    process.stdout.write(`  ${load}: ${gateways[gateway].title} … `);
    const outcome = await outcomeOf(load, gateway, ground);
    console.log(outcome.kind === 'broken' ? 'could not be measured' : 'done');
    outcomes.push(outcome);
  }
}

const run = await describeRun(names);
console.log(`\n${toMarkdown(outcomes, run)}`);
if (options.json)
  await writeFile(options.json, JSON.stringify({ run, options, outcomes }, null, 2));

/** Every load meets a fresh process, so that no cache or garbage of the load before counts. */
async function outcomeOf(load: LoadName, gateway: GatewayName, given: Ground): Promise<Outcome> {
  const setup = gateways[gateway];
  try {
    await using running = await given.start(setup);
    return {
      gateway,
      ...(await measure(load, { ground: given, setup, gateway: running }, options)),
    };
  } catch (error) {
    return { gateway, load, kind: 'broken', reason: (error as Error).message };
  }
}

async function measure(load: LoadName, subject: Subject, given: Options) {
  switch (load) {
    case 'isolation':
      return { load, kind: 'isolation', figures: await runIsolation(subject, given) } as const;
    case 'memory':
      return { load, kind: 'memory', figures: await runMemory(subject, given) } as const;
    default: {
      const figures = await runThroughput(subject, throughputLoads[load], given);
      return { load, kind: 'throughput', figures } as const;
    }
  }
}

async function withoutMissingPeers(wanted: readonly GatewayName[]): Promise<GatewayName[]> {
  if (wanted.every((name) => !gateways[name].peer)) return [...wanted];
  try {
    await installPeers();
    return [...wanted];
  } catch (error) {
    console.error(`  ✗ No peers to compare with: ${(error as Error).message}`);
    return wanted.filter((name) => !gateways[name].peer);
  }
}
