/**
 * Which fields events have before the first of them is written, for formats that say so at their beginning.
 * PostgreSQL looks at every event and answers those alone that have something new: few, however many there are.
 * A statement looks at some thousand events, so that it is over soon after the reader has left, and holds neither
 * a snapshot nor the locks of partitions for long.
 */
import type { Pool } from 'pg';
import {
  type EventSelection,
  isSelected,
  milliseconds,
  readTexts,
  selectionValues,
} from './event-selection.ts';
import { type Position, walk } from './walk-events.ts';

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
const lookedAtAtATime = 2_000;
const nothingNew = '{}';

export async function surveyFields(pool: Pool, survey: FieldSurvey): Promise<FieldKinds> {
  const { fields, mostFields } = survey;
  const kinds: Kinds = new Map(fields.map((field) => [field, new Set()]));
  const pages = walk(survey, async (after, until) => {
    const values = selectionValues(survey, after, until);
    const last = await lastLookedAt(pool, values);
    const isNew = fields.length > 0 ? hasNewKind(kinds, values) : hasNewField(kinds, values);
    const statement = findNew(`${isNew} AND ${isUpTo(last, values)}`);
    const rows = (await readTexts<ShapeRow>(pool, statement, values)).map(toShape);
    return last && rows.length < rowsAtATime ? [...rows, { ...last, shape: nothingNew }] : rows;
  });
  for await (const page of pages) {
    for (const { shape } of page) addShape(kinds, shape, fields.length > 0);
    if (kinds.size > mostFields) break;
  }
  return kinds;
}

/** Where one statement's share of the selection ends; undefined when that is all. */
async function lastLookedAt(pool: Pool, values: unknown[]): Promise<Position | undefined> {
  const [last] = await readTexts<[string, string]>(
    pool,
    `SELECT event_id, ${milliseconds('time')} FROM event WHERE ${isSelected}
     ORDER BY event.time, event_id OFFSET ${lookedAtAtATime - 1} LIMIT 1`,
    values,
  );
  return last && { eventId: last[0], time: Number(last[1]) };
}

function isUpTo(last: Position | undefined, values: unknown[]): string {
  if (!last) return 'true';
  const time = values.push(new Date(last.time).toISOString());
  return `(time, event_id) <= ($${time}, $${values.push(last.eventId)})`;
}

type ShapeRow = [eventId: string, time: string, shape: string];

const findNew = (isNew: string): string => `
  SELECT event_id, ${milliseconds('time')},
         (SELECT jsonb_object_agg(key, jsonb_typeof(value)) FROM jsonb_each(data))
  FROM event WHERE ${isSelected} AND ${isNew} ORDER BY event.time, event_id LIMIT ${rowsAtATime}`;

const toShape = ([eventId, time, shape]: ShapeRow) => ({ eventId, time: Number(time), shape });

function hasNewField(kinds: Kinds, values: unknown[]): string {
  return `(data - $${values.push([...kinds.keys()])}::text[]) <> '{}'`;
}

/**
 * JSON's null is no kind of its own: it is what a field is that is not there. Each event is taken apart once,
 * however many fields are asked for.
 */
function hasNewKind(kinds: Kinds, values: unknown[]): string {
  const known = Object.fromEntries([...kinds].map(([field, of]) => [field, [...of, 'null']]));
  const ofField = `$${values.push(JSON.stringify(known))}::jsonb -> key`;
  return `EXISTS (SELECT FROM jsonb_each(data) WHERE NOT (${ofField}) ? jsonb_typeof(value))`;
}

function addShape(kinds: Kinds, shape: string, onlyKnown: boolean): void {
  for (const [field, kind] of Object.entries(JSON.parse(shape) as Record<string, string>)) {
    const known = kinds.get(field);
    if (known) known.add(kind);
    else if (!onlyKnown) kinds.set(field, new Set([kind]));
  }
}
