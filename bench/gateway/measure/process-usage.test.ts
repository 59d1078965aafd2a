import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { expect, test } from 'vitest';
import { usageOf } from './process-usage.ts';

/** Prints one line when it has used 300 ms of CPU, and stays. */
const busy = `
  while (process.cpuUsage().user + process.cpuUsage().system < 300_000);
  console.log('done');
  setInterval(() => {}, 1000);
`;

test('what a child has used counts for its parent', async () => {
  const before = usageOf(process.pid);
  const child = spawn(process.execPath, ['-e', busy], { stdio: ['ignore', 'pipe', 'inherit'] });
  await once(child.stdout, 'data');
  const after = usageOf(process.pid);
  const own = usageOf(child.pid ?? 0);
  child.kill();
  expect(own.cpuMilliseconds).toBeGreaterThanOrEqual(250);
  expect(own.rssBytes).toBeGreaterThan(10_000_000);
  expect(after.cpuMilliseconds - before.cpuMilliseconds).toBeGreaterThanOrEqual(250);
});
