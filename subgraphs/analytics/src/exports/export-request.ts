import { z } from 'zod';
import { line } from '../services/input-schemas.ts';

export const exportFormats = ['ndjson', 'csv', 'parquet'] as const;
export type ExportFormat = (typeof exportFormats)[number];

/** Columns of a table; beyond them spreadsheets and readers of Parquet give up. */
export const mostFields = 500;

/** Which events are asked for, and how they are to be written. Times are of the events, in milliseconds since 1970. */
export interface ExportRequest {
  sourceId: string;
  /** From the source's first event on when left out. */
  from: number | undefined;
  /** Not included. */
  to: number;
  /** All when empty. */
  types: readonly string[];
  format: ExportFormat;
  /** Of the events' `data`; all when empty. */
  fields: readonly string[];
}

const instant = z
  .union([z.iso.datetime({ offset: true }), z.iso.date()], {
    error: 'must be an ISO 8601 time such as 2026-11-21T09:30:00Z, or a day such as 2026-11-21',
  })
  .transform((text) => new Date(text).getTime());

const sourceId = z.uuid('must be the id of a source').toLowerCase();
const types = z
  .array(line(256).min(1, 'must not be empty'))
  .max(100, 'must be at most 100 event types');
const fields = z
  .array(line(200).min(1, 'must not be empty'))
  .max(mostFields, `must be at most ${mostFields} fields`)
  .transform((names) => [...new Set(names)]);
const isAfter = ({ from, to }: { from?: number | undefined; to: number }): boolean =>
  from === undefined || to > from;
const mustBeAfter = { path: ['to'], message: 'must be after `from`' };
const now = () => Date.now();

/** A parameter that may be there more than once. */
const repeated = z
  .union([z.string(), z.array(z.string())])
  .optional()
  .transform((given) => (given === undefined ? [] : [given].flat()));

/** The parameters of `GET /v1/exports/events`. */
export const exportQuerySchema = z
  .object({
    source: sourceId,
    from: instant.optional(),
    to: instant.optional().transform((to) => to ?? now()),
    type: repeated.pipe(types),
    format: z.enum(exportFormats, 'must be ndjson, csv or parquet').default('ndjson'),
    fields: repeated.transform((given) => given.flatMap((list) => list.split(','))).pipe(fields),
  })
  // A filter with a typing error would export everything.
  .catchall(z.undefined('is no parameter; there are source, from, to, type, format and fields'))
  .refine(isAfter, mustBeAfter)
  .transform(
    ({ source, type, from, to, format, fields }): ExportRequest => ({
      sourceId: source,
      types: type,
      from,
      to,
      format,
      fields,
    }),
  );

const givenDate = z
  .date()
  .nullish()
  .transform((date) => date?.getTime());

const formats = { NDJSON: 'ndjson', CSV: 'csv', PARQUET: 'parquet' } as const;

/** `PrepareExportInput`. */
export const prepareExportSchema = z
  .object({
    sourceId,
    from: givenDate,
    to: givenDate.transform((to) => to ?? now()),
    eventTypes: types.nullish().transform((given) => given ?? []),
    format: z.enum(['NDJSON', 'CSV', 'PARQUET']).transform((name) => formats[name]),
    fields: fields.nullish().transform((given) => given ?? []),
  })
  .refine(isAfter, mustBeAfter)
  .transform(({ eventTypes, ...rest }): ExportRequest => ({ types: eventTypes, ...rest }));
