/**
 * Stored events in the order of their key (time, id), a page at a time. Each page is a statement of its own:
 * an export that goes on for an hour holds no snapshot for an hour, and events that come meanwhile may be in it.
 */
import type { Pool } from 'pg';
import {
  type EventSelection,
  isSelected,
  milliseconds,
  readTexts,
  selectionValues,
} from './event-selection.ts';
import { type FieldKinds, surveyFields } from './survey-fields.ts';
import { type Position, walk } from './walk-events.ts';

export interface ExportedEvent extends Position {
  type: string;
  /** As JSON. */
  data: string;
  /** Milliseconds since 1970. */
  acceptedAt: number;
}

export type ExportStore = ReturnType<typeof createExportStore>;

const mostRows = 2_000;
/** Of a page's data; an event beyond it has a page of its own. What is held of an export does not grow with its events. */
const mostBytes = 1_000_000;
/** Of the first page, whose events' size is not known. */
const rowsAtFirst = 100;

export function createExportStore({ pool }: { pool: Pool }) {
  return {
    /** From the first stored event of a source to right after the last; undefined where the workspace has none of it. */
    async extent(
      workspaceId: string,
      sourceId: string,
    ): Promise<Pick<EventSelection, 'from' | 'to'> | undefined> {
      const [row] = await readTexts<[string | null, string | null]>(
        pool,
        `SELECT ${milliseconds('min(time)')}, ${milliseconds('max(time)')} FROM event
         WHERE workspace_id = $1 AND source_id = $2`,
        [workspaceId, sourceId],
      );
      const [first, last] = row ?? [null, null];
      return first === null || last === null
        ? undefined
        : { from: Number(first), to: Number(last) + 1 };
    },

    pages(selection: EventSelection, signal: AbortSignal): AsyncGenerator<ExportedEvent[]> {
      let rowsAtATime = rowsAtFirst;
      return walk({ ...selection, signal }, async (after, until) => {
        const values = [...selectionValues(selection, after, until), rowsAtATime];
        const events = (await readTexts<EventRow>(pool, pageStatement, values)).map(toEvent);
        rowsAtATime = rowsAfter(events) ?? rowsAtATime;
        return events;
      });
    },

    /** Which fields the events have, and of what kinds their values are. */
    survey(
      selection: EventSelection,
      wanted: { fields: readonly string[]; mostFields: number },
      signal: AbortSignal,
    ): Promise<FieldKinds> {
      return surveyFields(pool, { ...selection, ...wanted, signal });
    },
  };
}

/** PostgreSQL reads these whole before it cuts the page: of events like the last ones, two pages at most. */
function rowsAfter(events: readonly ExportedEvent[]): number | undefined {
  const bytes = events.reduce((sum, { data }) => sum + data.length, 0);
  return bytes === 0
    ? undefined
    : Math.min(mostRows, Math.ceil((2 * mostBytes * events.length) / bytes));
}

const pageStatement = `
  SELECT event_id, at, type, data, accepted_at FROM (
    SELECT *, sum(octet_length(data)) OVER (ORDER BY time, event_id) - octet_length(data) AS bytes_before FROM (
      SELECT event_id, time, ${milliseconds('time')} AS at, type, data::text AS data,
             ${milliseconds('accepted_at')} AS accepted_at
      FROM event WHERE ${isSelected} ORDER BY time, event_id LIMIT $7::int
    ) AS candidate
  ) AS measured WHERE bytes_before < ${mostBytes} ORDER BY time, event_id`;

type EventRow = [eventId: string, time: string, type: string, data: string, acceptedAt: string];

function toEvent([eventId, time, type, data, acceptedAt]: EventRow): ExportedEvent {
  return { eventId, time: Number(time), type, data, acceptedAt: Number(acceptedAt) };
}
