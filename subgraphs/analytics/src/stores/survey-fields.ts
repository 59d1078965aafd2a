/**
 * Which fields events have before the first of them is written, for formats that say so at their beginning.
 * PostgreSQL looks at every event and answers those alone that have something new: few, however many there are.
 */
import type { Pool } from 'pg';
import {
  type EventSelection,
  isSelected,
  milliseconds,
  readTexts,
  selectionValues,
} from './event-selection.ts';
import { walk } from './walk-events.ts';

/** What the values of each field are, in the words of `jsonb_typeof`. */
export type FieldKinds = ReadonlyMap<string, ReadonlySet<string>>;

export interface FieldSurvey extends EventSelection {
  /** Only these; all that there are when empty, of which the kinds are those of their first events. */
  fields: readonly string[];
  /** The survey ends with the page in which there are more. */
  mostFields: number;
  signal: AbortSignal;
}

type Kinds = Map<string, Set<string>>;

const rowsAtATime = 100;

export async function surveyFields(pool: Pool, survey: FieldSurvey): Promise<FieldKinds> {
  const { fields, mostFields } = survey;
  const kinds: Kinds = new Map(fields.map((field) => [field, new Set()]));
  const pages = walk(survey, async (after, until) => {
    const values = selectionValues(survey, after, until);
    const isNew = fields.length > 0 ? hasNewKind(kinds, values) : hasNewField(kinds, values);
    const rows = await readTexts<[string, string, string]>(pool, statement(isNew), values);
    return rows.map(([eventId, time, shape]) => ({ eventId, time: Number(time), shape }));
  });
  for await (const page of pages) {
    for (const { shape } of page) addShape(kinds, shape, fields.length > 0);
    if (kinds.size > mostFields) break;
  }
  return kinds;
}

const statement = (isNew: string): string => `
  SELECT event_id, ${milliseconds('time')},
         (SELECT jsonb_object_agg(key, jsonb_typeof(value)) FROM jsonb_each(data))
  FROM event WHERE ${isSelected} AND ${isNew} ORDER BY event.time, event_id LIMIT ${rowsAtATime}`;

function hasNewField(kinds: Kinds, values: unknown[]): string {
  return `(data - $${values.push([...kinds.keys()])}::text[]) <> '{}'`;
}

/** JSON's null is no kind of its own: it is what a field is that is not there. */
function hasNewKind(kinds: Kinds, values: unknown[]): string {
  const conditions = [...kinds].map(([field, known]) => {
    const kind = `jsonb_typeof(data -> $${values.push(field)}::text)`;
    return `${kind} <> ALL($${values.push([...known, 'null'])}::text[])`;
  });
  return `(${conditions.join(' OR ')})`;
}

function addShape(kinds: Kinds, shape: string, onlyKnown: boolean): void {
  for (const [field, kind] of Object.entries(JSON.parse(shape) as Record<string, string>)) {
    const known = kinds.get(field);
    if (known) known.add(kind);
    else if (!onlyKnown) kinds.set(field, new Set([kind]));
  }
}
