import { CommandError, usageExit } from './command-error.ts';
import { operationsUsage, runOperations } from './operations/operations-command.ts';

try {
  const [area, ...words] = process.argv.slice(2);
  if (area !== 'operations') throw new CommandError(operationsUsage, usageExit);
  for (const line of await runOperations(words, process.env)) console.log(line);
} catch (error) {
  if (!(error instanceof CommandError)) throw error;
  console.error(error.message);
  process.exitCode = error.exitCode;
}
