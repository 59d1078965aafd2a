import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { freePort } from '@tributary/local-stack';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startLive } from './support/live.ts';
import { followNumbers } from './support/number-stream.ts';

const script = join(import.meta.dirname, 'support/rules-subgraph.ts');

let run: Awaited<ReturnType<typeof startLive>>;
let rules: ChildProcess;
beforeAll(async () => {
  run = await startLive({ port: await freePort() });
  await run.supergraph.rules.stop();
  await startRules();
});
afterAll(async () => {
  rules.kill('SIGKILL');
  await run[Symbol.asyncDispose]();
});

/** In place of the one in this process, which cannot be killed. */
async function startRules(): Promise<void> {
  rules = fork(script, [new URL(run.supergraph.rules.url).port]);
  await once(rules, 'message');
}

/** Between two numbers, as a busy channel has it; none is published faster than it is heard. */
const paceMilliseconds = 10;

type Stream = Awaited<ReturnType<typeof followNumbers>>;

/** Publishes numbers until `happening` is over, and some before and after it. */
async function publishThrough(stream: Stream, happening: () => Promise<void>): Promise<void> {
  await stream.publish(20);
  let going = true;
  const happened = happening().finally(() => {
    going = false;
  });
  while (going) {
    await stream.publish(1);
    await delay(paceMilliseconds);
  }
  await happened;
  await stream.publish(20);
}

const selection = '{ count metric { alertRules { name } } }';

interface Ticked {
  ticked: { metric: { alertRules: { name: string }[] } | null };
}

/** What each client was told last of the subgraph's part; undefined while the subgraph is away. */
const lastRules = ({ clients }: Stream) =>
  clients.map(({ follower }) => {
    const { ticked } = follower.data.at(-1) as Ticked;
    return ticked.metric?.alertRules[0]?.name;
  });
const known = Array(3).fill('Rule on m1');
const unknown = Array(3).fill(undefined);

async function killRedis(stream: Stream): Promise<void> {
  const { pid } = run.server;
  process.kill(pid, 'SIGKILL');
  await expect.poll(() => run.server.pid, { timeout: 30_000 }).not.toBe(pid);
  await expect.poll(() => run.redis.ping().catch(() => ''), { timeout: 30_000 }).toBe('PONG');
  await expect.poll(() => lastRules(stream)).toEqual(known);
}

async function killGateway(): Promise<void> {
  await run.killGateway();
  await run.startGateway();
}

async function killSubgraph(stream: Stream): Promise<void> {
  rules.kill('SIGKILL');
  await once(rules, 'exit');
  await expect.poll(() => lastRules(stream)).toEqual(unknown);
  await startRules();
  await expect.poll(() => lastRules(stream), { timeout: 60_000 }).toEqual(known);
}

test.each<[string, (stream: Stream) => Promise<void>]>([
  ['Redis', killRedis],
  ['the gateway', killGateway],
  ['a subgraph', killSubgraph],
])(
  'every client has every number once, in order, after %s was killed in the middle and came back',
  async (_, kill) => {
    using stream = await followNumbers(run, selection);
    await publishThrough(stream, () => kill(stream));
    await stream.complete();
  },
);
