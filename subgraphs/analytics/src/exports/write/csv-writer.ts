import { withoutFormula } from '@tributary/chassis';
import { stringify } from 'csv-stringify/sync';
import { ChangedMeanwhile } from './changed-meanwhile.ts';
import { fieldColumnNames, ownColumns } from './column-names.ts';
import { type Data, dataOf, type ExportWriter, eventsOfColumns, isoTime } from './export-writer.ts';

export interface CsvOptions {
  /** Columns beside the event's own. */
  fields: readonly string[];
  /** Whether events have no others: of fields that were chosen, they may. */
  areAll: boolean;
}

/** RFC 4180, UTF-8. */
export function createCsvWriter({ fields, areAll }: CsvOptions): ExportWriter {
  const known = new Set(fields);
  const header = [...ownColumns, ...fieldColumnNames(fields).map(withoutFormula)];
  return {
    eventsAtATime: eventsOfColumns(header.length),
    begin: () => toCsv([header]),
    write: (events) =>
      toCsv(
        events.map((event) => {
          const data = dataOf(event);
          if (areAll) assertKnown(data, known);
          const own = [event.eventId, isoTime(event.time), event.type, isoTime(event.acceptedAt)];
          return [...own, ...fields.map((field) => valueAt(data, field))].map(cellOf);
        }),
      ),
    end: () => '',
  };
}

/** Left to itself, the library quotes a cell for a whole line end only; many readers end a row at half of one. */
const toCsv = (rows: string[][]): string =>
  stringify(rows, { record_delimiter: 'windows', quoted_match: /[\r\n]/ });

function assertKnown(data: Data, known: ReadonlySet<string>): void {
  const other = Object.keys(data).find((field) => !known.has(field));
  if (other !== undefined) throw new ChangedMeanwhile(other);
}

const valueAt = (data: Data, field: string): unknown =>
  Object.hasOwn(data, field) ? data[field] : undefined;

function cellOf(value: unknown): string {
  if (typeof value === 'string') return withoutFormula(value);
  return value === undefined || value === null ? '' : JSON.stringify(value);
}
