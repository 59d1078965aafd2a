import type { Pool } from 'pg';
import type { Position } from './walk-events.ts';

/** Events of a time from `from` on, `to` not included; of all types when none is given. Milliseconds since 1970. */
export interface EventSelection {
  workspaceId: string;
  sourceId: string;
  from: number;
  to: number;
  types: readonly string[];
}

/** Takes `selectionValues`. The first comparison of times says which partitions are meant. */
export const isSelected = `workspace_id = $1 AND source_id = $2 AND time >= $3 AND (time, event_id) > ($3, $4)
  AND time < $5 AND (cardinality($6::text[]) = 0 OR type = ANY($6))`;

/** The part of a selection after a position and before a time. */
export function selectionValues(
  { workspaceId, sourceId, types }: EventSelection,
  after: Position,
  until: number,
): unknown[] {
  return [
    workspaceId,
    sourceId,
    new Date(after.time).toISOString(),
    after.eventId,
    new Date(until).toISOString(),
    types,
  ];
}

/** A time as milliseconds since 1970. */
export const milliseconds = (time: string): string =>
  `(extract(epoch FROM ${time}) * 1000)::bigint`;

const asText = { getTypeParser: () => (text: string) => text };

/** Rows as PostgreSQL writes them, without the work of making objects and dates of them. */
export async function readTexts<Row extends readonly (string | null)[]>(
  pool: Pool,
  text: string,
  values: unknown[],
): Promise<Row[]> {
  const { rows } = await pool.query<Row & unknown[]>({
    text,
    values,
    rowMode: 'array',
    types: asText,
  });
  return rows;
}
