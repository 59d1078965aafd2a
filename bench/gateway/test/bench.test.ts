import { afterAll, beforeAll, expect, test } from 'vitest';
import { gateways } from '../gateways/gateways.ts';
import { type Ground, prepareGround } from '../ground.ts';
import { type ThroughputLoadName, throughputLoads } from '../loads/loads.ts';
import { runMemory, runThroughput, type Subject } from '../run-loads.ts';

const options = { connections: 5, seconds: 0.3, 'warm-up': 0.2 };
const setup = gateways.tributary;
let ground: Ground;
let subject: Subject;

beforeAll(async () => {
  ground = await prepareGround();
  subject = { ground, setup, gateway: await ground.start(setup) };
});

afterAll(async () => {
  await subject?.gateway[Symbol.asyncDispose]();
  await ground?.[Symbol.asyncDispose]();
});

const loads = Object.keys(throughputLoads) as ThroughputLoadName[];

test.for(loads)('the gateway answers every request of the load %s rightly', async (load) => {
  const figures = await runThroughput(subject, throughputLoads[load], options);
  expect(figures).toMatchObject({ wrong: 0, failed: 0, trouble: undefined });
  expect(figures.right).toBeGreaterThan(0);
});

test('the memory load sends as many operations as asked, and samples the memory on the way', async () => {
  const figures = await runMemory(subject, { ...options, operations: 40, 'memory-seconds': 30 });
  expect(figures).toMatchObject({ answers: 40, wrong: 0, failed: 0 });
  expect(figures.samples.length).toBeGreaterThan(10);
});

test('wrong answers are called wrong, not fast', async () => {
  ground.subgraphs.trouble({ failing: 'inventory' });
  const figures = await runThroughput(subject, throughputLoads['small-identical'], options);
  ground.subgraphs.trouble({});
  expect(figures.right).toBe(0);
  expect(figures.wrong).toBeGreaterThan(0);
  expect(figures.trouble).toContain('status 200');
});
