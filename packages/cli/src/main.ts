import { CommandError, usageExit } from './command-error.ts';
import { eventsUsage, runEvents } from './events/events-command.ts';
import { importUsage, runImport } from './import/import-command.ts';
import { metricsUsage, runMetrics } from './metrics/metrics-command.ts';
import { operationsUsage, runOperations } from './operations/operations-command.ts';
import { createProgressLine } from './progress-line.ts';

const progress = createProgressLine(process.stderr);

function print(line: string): void {
  progress.clear();
  console.log(line);
}

async function run([area, ...words]: readonly string[]): Promise<void> {
  switch (area) {
    case 'operations':
      return printAll(await runOperations(words, process.env));
    case 'import':
      return printAll(await runImport(words, process.env, progress.show));
    case 'events':
      return printAll(await runEvents(words, process.env, progress.show));
    case 'metrics':
      return runMetrics(words, { environment: process.env, print });
    default:
      throw new CommandError(
        [operationsUsage, importUsage, eventsUsage, metricsUsage].join('\n\n'),
        usageExit,
      );
  }
}

function printAll(lines: readonly string[]): void {
  for (const line of lines) print(line);
}

try {
  await run(process.argv.slice(2));
} catch (error) {
  progress.clear();
  if (!(error instanceof CommandError)) throw error;
  console.error(error.message);
  process.exitCode = error.exitCode;
}
