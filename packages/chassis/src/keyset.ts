import type { Page } from './connection.ts';

/** The condition for rows after a cursor in a list that has its newest row first. */
export function rowsAfter<Column extends string>(column: Column, { after }: Page) {
  if (!after) return {};
  const { time, id } = after;
  return { OR: [{ [column]: { lt: time } }, { [column]: time, id: { lt: id } }] };
}
