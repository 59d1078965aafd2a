import type { ExportFormat } from '../../generated/graphql.ts';

export const formatWords: Readonly<Record<ExportFormat, string>> = {
  NDJSON: 'NDJSON',
  CSV: 'CSV',
  PARQUET: 'Parquet',
};

/** What a file of each format holds. */
export const formatHints: Readonly<Record<ExportFormat, string>> = {
  NDJSON: 'A CloudEvent a line with all of its data: what an import takes again.',
  CSV: 'A row an event: id, time, type, accepted_at and a column for each field.',
  PARQUET: 'Typed columns: id, time, type, accepted_at, and data as JSON or the fields you name.',
};

export const isFormat = (text: string): text is ExportFormat => Object.hasOwn(formatWords, text);
