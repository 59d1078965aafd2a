/** `npm run check`: everything that can be said of the code without running it. */
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

/** Runs all checks one after the other and says each result. */
export async function runChecks(): Promise<CheckResult> {
  await generateCode();
  const result = { passed: 0, failed: 0 };
  for (const { name, command } of checks) {
    const started = performance.now();
    const { ok, output } = await runTool(command);
    const seconds = ((performance.now() - started) / 1000).toFixed(1);
    console.log(`  ${ok ? '✓' : '✗'} ${name} (${seconds} s)`);
    if (!ok) console.log(output.trimEnd().replaceAll(/^/gm, '    '));
    result[ok ? 'passed' : 'failed'] += 1;
  }
  return result;
}

if (import.meta.main) {
  const { failed } = await runChecks();
  process.exitCode = failed === 0 ? 0 : 1;
}
