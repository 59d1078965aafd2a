import { day } from '../rollups/rollup-deltas.ts';

/** Where in a source's order an event is. */
export interface Position {
  /** Milliseconds since 1970. */
  time: number;
  eventId: string;
}

export interface Walk {
  from: number;
  to: number;
  signal: AbortSignal;
}

/** Looked through by one statement, where there is nothing for long. */
const longestStep = 32 * day;

/**
 * Pages of what is stored between two times, in the order of (time, id). `readPage` answers the first rows after
 * a position and before a time. A day is looked at at a time, and more of them where they are empty: a statement
 * that names few days is planned for few partitions.
 * @throws the signal's reason between two pages.
 */
export async function* walk<Row extends Position>(
  { from, to, signal }: Walk,
  readPage: (after: Position, until: number) => Promise<Row[]>,
): AsyncGenerator<Row[]> {
  // Ids are not empty: this is before every event of that time.
  let after: Position = { time: from, eventId: '' };
  let step = day;
  while (after.time < to) {
    signal.throwIfAborted();
    const until = Math.min(after.time + step, to);
    const rows = await readPage(after, until);
    const last = rows.at(-1);
    if (last) yield rows;
    step = last ? day : Math.min(step * 2, longestStep);
    after = last ?? { time: until, eventId: '' };
  }
}
