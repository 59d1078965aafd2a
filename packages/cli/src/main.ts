import { CommandError, usageExit } from './command-error.ts';
import { importUsage, runImport } from './import/import-command.ts';
import { operationsUsage, runOperations } from './operations/operations-command.ts';
import { createProgressLine } from './progress-line.ts';

const progress = createProgressLine(process.stderr);

try {
  const [area, ...words] = process.argv.slice(2);
  const run = { operations: runOperations, import: runImport }[area ?? ''];
  if (!run) throw new CommandError(`${operationsUsage}\n\n${importUsage}`, usageExit);
  const lines = await run(words, process.env, progress.show);
  progress.clear();
  for (const line of lines) console.log(line);
} catch (error) {
  progress.clear();
  if (!(error instanceof CommandError)) throw error;
  console.error(error.message);
  process.exitCode = error.exitCode;
}
