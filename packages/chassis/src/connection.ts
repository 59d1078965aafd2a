/** Relay connections over lists ordered by (time, id). https://relay.dev/graphql/connections.htm */
import { TributaryError } from '@tributary/errors';
import { z } from 'zod';

const largestPage = 100;
/** PostgreSQL knows no year 0. */
const time = z.iso.datetime().refine((text) => !text.startsWith('0000'));
const cursorSchema = z.tuple([time, z.uuid()]);

/** A place in a list. */
export interface Cursor {
  time: Date;
  id: string;
}

/** Which page a store is to read: `limit` is one more than asked for, to see whether there is a next page. */
export interface Page {
  limit: number;
  after: Cursor | undefined;
}

export interface Connection<Node> {
  edges: { cursor: string; node: Node }[];
  pageInfo: { hasNextPage: boolean; endCursor: string | null };
}

/** @throws INVALID_INPUT for a page size outside 1…100 or a cursor that is not ours. */
export function toPage(given: { first: number; after?: string | null }): Page {
  if (!Number.isInteger(given.first) || given.first < 1 || given.first > largestPage) {
    throw new TributaryError(
      'INVALID_INPUT',
      `first: expected 1 to ${largestPage}, got ${given.first}.`,
      ['first'],
    );
  }
  return { limit: given.first + 1, after: given.after ? decodeCursor(given.after) : undefined };
}

/** Shapes what a store read for `page`. */
export function toConnection<Node>(
  rows: readonly Node[],
  page: Page,
  cursorOf: (node: Node) => Cursor,
): Connection<Node> {
  const edges = rows
    .slice(0, page.limit - 1)
    .map((node) => ({ cursor: encodeCursor(cursorOf(node)), node }));
  return {
    edges,
    pageInfo: { hasNextPage: rows.length >= page.limit, endCursor: edges.at(-1)?.cursor ?? null },
  };
}

function encodeCursor({ time, id }: Cursor): string {
  return Buffer.from(JSON.stringify([time.toISOString(), id])).toString('base64url');
}

function decodeCursor(cursor: string): Cursor {
  try {
    const [time, id] = cursorSchema.parse(JSON.parse(Buffer.from(cursor, 'base64url').toString()));
    return { time: new Date(time), id };
  } catch {
    throw new TributaryError('INVALID_INPUT', 'after: not a cursor of this list.', ['after']);
  }
}
