/** `npm run fuzz:events`: mutated bodies against a running door, 100,000 of them or as many as are asked for. */
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { repository } from './repository.ts';

const bodies = Number(process.argv[2] ?? 100_000);
if (!Number.isInteger(bodies) || bodies < 2) {
  console.error('Usage: npm run fuzz:events -- [number of bodies]');
  process.exit(1);
}
const hours = 6;
const vitest = join(repository, 'node_modules/vitest/vitest.mjs');
const file = 'subgraphs/processing/test/fuzz.test.ts';
const options = ['--project', 'parts', '--retry', '0', '--testTimeout', String(hours * 3_600_000)];
const run = spawn(process.execPath, [vitest, 'run', file, ...options], {
  cwd: repository,
  stdio: 'inherit',
  env: { ...process.env, FUZZ_BODIES: String(bodies) },
});
run.on('close', (code) => {
  process.exitCode = code ?? 1;
});
