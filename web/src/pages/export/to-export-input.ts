import type { ExportFormat, PrepareExportInput } from '../../generated/graphql.ts';
import { fromLocalInput } from '../../time/local-input.ts';

interface Chosen {
  sourceId: string;
  format: ExportFormat;
  /** What an input of the form holds. */
  read: (name: string) => string;
}

/** What is empty is left out. */
export function toExportInput({ sourceId, format, read }: Chosen): PrepareExportInput {
  const type = read('type');
  const fields = read('fields')
    .split(',')
    .map((name) => name.trim())
    .filter(Boolean);
  return {
    sourceId,
    format,
    ...(type !== '' && { eventTypes: [type] }),
    ...(fields.length > 0 && { fields }),
    ...instantAt('from', read),
    ...instantAt('to', read),
  };
}

function instantAt<Name extends string>(name: Name, read: Chosen['read']) {
  const time = fromLocalInput(read(name));
  return time === undefined ? {} : { [name]: new Date(time).toISOString() };
}
