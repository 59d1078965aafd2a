/** `tributary import FILE`: a file becomes events of a source, with its progress on the terminal. */
import { parseArgs } from 'node:util';
import { createAsk } from '../api.ts';
import { CommandError, usageExit } from '../command-error.ts';
import { followImport } from './follow-import.ts';
import type { Given } from './given.ts';
import { startImport } from './start-import.ts';
import { uploadFile } from './upload-file.ts';

export const importUsage = `tributary import FILE --source SOURCE [--type TYPE] [--time COLUMN] [--time-format FORMAT]
                 [--id COLUMN] [--subject COLUMN] [--detach]

FILE is CSV, NDJSON (packed by gzip or zstd too) or Parquet; what is not said is proposed from its first rows.
SOURCE is a source's name or id. FORMAT is ISO, UNIX_SECONDS, UNIX_MILLISECONDS, MONTH_DAY_YEAR or
DAY_MONTH_YEAR. --detach starts the import and does not wait for its end.`;

/** @returns lines to print. @throws CommandError for what was typed, or could not be done. */
export async function runImport(
  words: readonly string[],
  environment: NodeJS.ProcessEnv,
  show: (progress: string) => void,
): Promise<string[]> {
  const { file, given } = readFlags(words);
  const ask = createAsk(environment);
  const id = await uploadFile(ask, environment, { file, source: given.source, show });
  await startImport(ask, id, given);
  return given.detach === true ? [`The import ${id} is running.`] : followImport(ask, id, show);
}

function readFlags(words: readonly string[]): { file: string; given: Given } {
  try {
    const { values, positionals } = parseArgs({
      args: [...words],
      allowPositionals: true,
      options: {
        source: { type: 'string' },
        type: { type: 'string' },
        time: { type: 'string' },
        'time-format': { type: 'string' },
        id: { type: 'string' },
        subject: { type: 'string' },
        detach: { type: 'boolean' },
      },
    });
    const [file, ...others] = positionals;
    const { source } = values;
    if (file === undefined || others.length > 0) throw new Error('Expected one FILE.');
    if (source === undefined) throw new Error('--source is missing.');
    return { file, given: { ...values, source } };
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new CommandError(`${reason}\n\n${importUsage}`, usageExit);
  }
}
