/** `npm run check`: everything that can be said of the code without running it. */
import pLimit from 'p-limit';
import { generateCode } from './generate.ts';
import { runTool } from './run-tool.ts';

interface Check {
  name: string;
  command: readonly [string, ...string[]];
}

const checks: readonly Check[] = [
  {
    name: 'the supergraph is what the subgraphs compose to',
    command: [process.execPath, 'scripts/compose.ts', '--check'],
  },
  {
    name: 'services, packages and scripts type-check',
    command: ['tsc', '--noEmit', '-p', 'tsconfig.json'],
  },
  {
    name: 'the web application type-checks',
    command: ['tsc', '--noEmit', '-p', 'web/tsconfig.json'],
  },
  { name: 'code is linted and formatted', command: ['biome', 'ci', '--reporter=summary'] },
  {
    name: 'nobody imports across a boundary',
    command: [
      'depcruise',
      '--config',
      '.dependency-cruiser.mjs',
      'gateway',
      'subgraphs',
      'packages',
      'prisma',
      'scripts',
      'tests',
      'bench',
      'web/src',
    ],
  },
  { name: 'there is no dead code', command: ['knip', '--no-progress'] },
];

export interface CheckResult {
  passed: number;
  failed: number;
}

/** Two cores are the least we count on; a type check takes a gigabyte. */
const atATime = pLimit(2);

/** Runs all checks, two at a time, and says each result as it comes. */
export async function runChecks(): Promise<CheckResult> {
  await generateCode();
  const results = await Promise.all(checks.map((check) => atATime(() => runCheck(check))));
  const passed = results.filter((ok) => ok).length;
  return { passed, failed: results.length - passed };
}

async function runCheck({ name, command }: Check): Promise<boolean> {
  const started = performance.now();
  const { ok, output } = await runTool(command);
  const seconds = ((performance.now() - started) / 1000).toFixed(1);
  console.log(`  ${ok ? '✓' : '✗'} ${name} (${seconds} s)`);
  if (!ok) console.log(output.trimEnd().replaceAll(/^/gm, '    '));
  return ok;
}

if (import.meta.main) {
  const { failed } = await runChecks();
  process.exitCode = failed === 0 ? 0 : 1;
}
