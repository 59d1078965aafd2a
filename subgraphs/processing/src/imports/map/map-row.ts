/** A row → the event that it stands for, as a producer would have sent it. */
import { shownValue } from '../../pipeline/shown-value.ts';
import type { FieldType, ImportMapping } from '../import-mapping.ts';
import type { Row } from '../read/row.ts';
import { convertValue, unfit } from './convert-value.ts';
import { describeTimeFormat, parseTime } from './parse-time.ts';

export type Mapped =
  | { kind: 'event'; event: Record<string, unknown> }
  | { kind: 'bad'; field: string | null; reason: string };

export type MapRow = (row: Row) => Mapped;

export interface MapOptions {
  importId: string;
  fileName: string;
}

const kinds = {
  STRING: 'text',
  INTEGER: 'a whole number',
  NUMBER: 'a number',
  BOOLEAN: 'true or false',
  JSON: 'JSON',
} as const satisfies Record<FieldType, string>;

/** Ids are the same each time a row is mapped: its id column, or the import and the row's number. */
export function createRowMapper(mapping: ImportMapping, options: MapOptions): MapRow {
  const { layout, eventType, timeColumn, timeFormat, idColumn, subjectColumn, fields } = mapping;
  const source = mapping.eventSource ?? `/imports/${encodeURIComponent(options.fileName)}`;

  /** Fills in the data; answers what does not fit, if anything. */
  function fill(data: Record<string, unknown>, value: Record<string, unknown>): Mapped | undefined {
    for (const { column, name, type } of fields) {
      const found = convertValue(value[column], type);
      if (found === unfit) return bad(`data.${name}`, kinds[type], value[column]);
      if (found !== undefined) data[name] = found;
    }
    return undefined;
  }

  function mapColumns(number: number, value: Record<string, unknown>): Mapped {
    const id = idColumn === null ? `${options.importId}:${number}` : textOf(value[idColumn]);
    if (id === undefined) return bad('id', `an id in the column ${idColumn}`, undefined);
    const time = timeColumn === null ? undefined : parseTime(value[timeColumn], timeFormat);
    if (timeColumn !== null && !time) {
      return bad('time', describeTimeFormat(timeFormat), value[timeColumn]);
    }
    const subject = subjectColumn === null ? undefined : textOf(value[subjectColumn]);
    const data: Record<string, unknown> = {};
    const unfitting = fill(data, value);
    if (unfitting) return unfitting;
    const event: Record<string, unknown> = { specversion: '1.0', id, source, type: eventType };
    if (time) event.time = time.toISOString();
    if (subject !== undefined) event.subject = subject;
    event.data = data;
    return { kind: 'event', event };
  }

  return ({ number, value, fault }) => {
    if (!value) return { kind: 'bad', field: null, reason: fault ?? 'could not be read' };
    return layout === 'EVENTS' ? { kind: 'event', event: value } : mapColumns(number, value);
  };
}

function bad(field: string, expected: string, got: unknown): Mapped {
  const shown = got instanceof Date ? got.toISOString() : shownValue(got);
  return { kind: 'bad', field, reason: `expected ${expected}, got ${shown}` };
}

function textOf(value: unknown): string | undefined {
  if (value === undefined || value === null || value === '') return undefined;
  if (value instanceof Date) return value.toISOString();
  return typeof value === 'object' ? JSON.stringify(value) : String(value).trim() || undefined;
}
