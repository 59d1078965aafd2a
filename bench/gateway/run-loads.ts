/** One function per kind of load: from a running gateway to its figures. */
import type { GatewaySetup } from './gateways/gateway-setup.ts';
import type { RunningGateway } from './gateways/start-gateway.ts';
import type { Ground } from './ground.ts';
import type { ThroughputLoad } from './loads/loads.ts';
import { isolation, ownText } from './loads/operations.ts';
import { bodyTemplate } from './loads/request-bodies.ts';
import { runLoad } from './measure/load-worker.ts';
import type { IsolationFigures } from './measure/measure-isolation.ts';
import type { MemoryFigures } from './measure/measure-memory.ts';
import type { ThroughputFigures } from './measure/measure-throughput.ts';
import type { Options } from './options.ts';
import { referenceAnswer } from './topology/reference-answer.ts';

export interface Subject {
  ground: Ground;
  setup: GatewaySetup;
  gateway: RunningGateway;
}

export async function runThroughput(
  { ground, setup, gateway }: Subject,
  load: ThroughputLoad,
  options: Pick<Options, 'connections' | 'seconds' | 'warm-up'>,
): Promise<ThroughputFigures> {
  return runLoad<'throughput'>({
    kind: 'throughput',
    target: {
      origin: gateway.origin,
      ...(load.signedIn && { authorization: `Bearer ${ground.tokens[setup.token]}` }),
    },
    pid: gateway.pid,
    body: bodyTemplate(load.operation),
    different: load.different,
    expected: await referenceAnswer(load.operation),
    connections: options.connections,
    warmUpSeconds: options['warm-up'],
    seconds: options.seconds,
  });
}

export async function runMemory(
  { gateway }: Subject,
  options: Pick<Options, 'connections' | 'operations' | 'memory-seconds'>,
): Promise<MemoryFigures> {
  return runLoad<'memory'>({
    kind: 'memory',
    target: { origin: gateway.origin },
    pid: gateway.pid,
    body: bodyTemplate(ownText),
    expected: await referenceAnswer(ownText),
    connections: options.connections,
    operations: options.operations,
    maximumSeconds: options['memory-seconds'],
  });
}

export interface IsolationComparison {
  /** While every subgraph is well. */
  calm: IsolationFigures;
  /** While reviews takes a second and inventory fails. */
  troubled: IsolationFigures;
}

const isolationConnections = 1000;
const slowMilliseconds = 1000;

export async function runIsolation(
  { ground, gateway }: Subject,
  options: Pick<Options, 'seconds' | 'warm-up' | 'isolation-rate'>,
): Promise<IsolationComparison> {
  const expected = await referenceAnswer(isolation.healthy);
  const run = (seconds: number) =>
    runLoad<'isolation'>({
      kind: 'isolation',
      target: { origin: gateway.origin },
      bodies: {
        healthy: bodyTemplate(isolation.healthy),
        slow: bodyTemplate(isolation.slow),
        failing: bodyTemplate(isolation.failing),
      },
      expected,
      connections: isolationConnections,
      requestsPerSecond: options['isolation-rate'],
      seconds,
    });
  await run(options['warm-up']);
  // Every connection sends at least twice.
  const seconds = Math.max(options.seconds, (2 * isolationConnections) / options['isolation-rate']);
  const calm = await run(seconds);
  ground.subgraphs.trouble({
    slow: { subgraph: 'reviews', milliseconds: slowMilliseconds },
    failing: 'inventory',
  });
  try {
    return { calm, troubled: await run(seconds) };
  } finally {
    ground.subgraphs.trouble({});
  }
}
