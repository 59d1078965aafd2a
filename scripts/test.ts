/** `npm test`: all checks, then all tests, against real PostgreSQL, Redis, SMTP and a real browser. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';
import { type CheckResult, runChecks } from './check.ts';
import { endTogether } from './end-together.ts';
import { buildWeb } from './generate.ts';
import { repository } from './repository.ts';

const reportSchema = z.object({
  numPassedTests: z.int(),
  numFailedTests: z.int(),
  numPendingTests: z.int(),
  numTodoTests: z.int(),
  success: z.boolean(),
  testResults: z.array(
    z.object({ assertionResults: z.array(z.object({ fullName: z.string(), status: z.string() })) }),
  ),
});
type Report = z.infer<typeof reportSchema>;

/** Runs vitest; arguments after `npm test --` choose files. */
async function runTests(patterns: readonly string[]): Promise<Report> {
  const directory = await mkdtemp(join(tmpdir(), 'tributary-report-'));
  const file = join(directory, 'report.json');
  const vitest = join(repository, 'node_modules/vitest/vitest.mjs');
  const args = [
    vitest,
    'run',
    ...patterns,
    '--reporter=default',
    '--reporter=json',
    `--outputFile.json=${file}`,
  ];
  try {
    const child = spawn(process.execPath, args, { cwd: repository, stdio: 'inherit' });
    endTogether(child);
    const [code] = await once(child, 'close');
    const text = await readFile(file, 'utf8').catch(() => undefined);
    if (text === undefined) throw new Error('The tests ended before they could report; see above.');
    const report = reportSchema.parse(JSON.parse(text));
    // Errors outside of any test fail a run too.
    return { ...report, success: report.success && code === 0 };
  } finally {
    await rm(directory, { recursive: true, force: true });
  }
}

function sayTotals(checks: CheckResult, report: Report): void {
  const skipped = report.testResults
    .flatMap(({ assertionResults }) => assertionResults)
    .filter(({ status }) => status === 'skipped' || status === 'pending');
  for (const { fullName } of skipped) console.log(`skipped: ${fullName}`);
  const passed = checks.passed + report.numPassedTests;
  const failed = checks.failed + report.numFailedTests;
  console.log(
    `${passed} passed, ${failed} failed, ${report.numPendingTests + report.numTodoTests} skipped`,
  );
}

console.log('Checks');
const checks = await runChecks();
console.log('\nTests');
await buildWeb();
const report = await runTests(process.argv.slice(2));
sayTotals(checks, report);
process.exitCode = checks.failed === 0 && report.success ? 0 : 1;
