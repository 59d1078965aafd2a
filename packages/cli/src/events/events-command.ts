/** `tributary events …`: what is done with stored events from a shell. */
import { extname } from 'node:path';
import { parseArgs } from 'node:util';
import { z } from 'zod';
import { createAsk } from '../api.ts';
import { CommandError, usageExit } from '../command-error.ts';
import { findSource } from '../find-source.ts';
import { downloadEvents } from './download-events.ts';

export const eventsUsage = `tributary events export --source SOURCE --output FILE [--from TIME] [--to TIME] [--type TYPE]…
                        [--format FORMAT] [--fields FIELD,FIELD]

The stored events of a source, oldest first. SOURCE is its name or id; FILE may be - for the standard output.
TIME is the events' own, a day (2026-11-21) or an instant (2026-11-21T09:30:00Z); --to is not included. FORMAT is
ndjson, csv or parquet, and is taken from the file's name when left out. FIELD is one of the events' data.
TRIBUTARY_TOKEN needs read:analytics.`;

const formats = ['ndjson', 'csv', 'parquet'];

interface Given {
  source: string;
  output: string;
  query: [string, string][];
}

/** @returns lines to print. @throws CommandError for what was typed, or could not be done. */
export async function runEvents(
  [name = '', ...words]: readonly string[],
  environment: NodeJS.ProcessEnv,
  show: (progress: string) => void,
): Promise<string[]> {
  if (name !== 'export') throw new CommandError(eventsUsage, usageExit);
  const { source, output, query } = readFlags(words);
  const id = isId(source) ? source : await findSource(createAsk(environment), source);
  const bytes = await downloadEvents(environment, {
    query: new URLSearchParams([['source', id], ...query]),
    output,
    show,
  });
  return output === '-' ? [] : [`${output}: ${bytes.toLocaleString('en-US')} bytes.`];
}

const isId = (source: string): boolean => z.uuid().safeParse(source).success;

function readFlags(words: readonly string[]): Given {
  try {
    const { values } = parseArgs({
      args: [...words],
      options: {
        source: { type: 'string' },
        output: { type: 'string' },
        from: { type: 'string' },
        to: { type: 'string' },
        type: { type: 'string', multiple: true },
        format: { type: 'string' },
        fields: { type: 'string' },
      },
    });
    const { source, output, type = [], format, ...rest } = values;
    if (source === undefined) throw new Error('--source is missing.');
    if (output === undefined)
      throw new Error('--output is missing: a file, or - for the standard output.');
    const given = Object.entries({ ...rest, format: format ?? formatOf(output) });
    return {
      source,
      output,
      query: [...given, ...type.map((each) => ['type', each] as [string, string])],
    };
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new CommandError(`${reason}\n\n${eventsUsage}`, usageExit);
  }
}

function formatOf(output: string): string {
  const extension = extname(output).slice(1).toLowerCase();
  return formats.includes(extension) ? extension : 'ndjson';
}
