import { CommandError, usageExit } from './command-error.ts';
import { metricsUsage, runMetrics } from './metrics/metrics-command.ts';
import { operationsUsage, runOperations } from './operations/operations-command.ts';

const print = (line: string) => console.log(line);

async function run([area, ...words]: readonly string[]): Promise<void> {
  switch (area) {
    case 'operations':
      for (const line of await runOperations(words, process.env)) print(line);
      return;
    case 'metrics':
      return runMetrics(words, { environment: process.env, print });
    default:
      throw new CommandError(`${operationsUsage}\n\n${metricsUsage}`, usageExit);
  }
}

try {
  await run(process.argv.slice(2));
} catch (error) {
  if (!(error instanceof CommandError)) throw error;
  console.error(error.message);
  process.exitCode = error.exitCode;
}
