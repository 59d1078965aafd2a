import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { toConnection, toPage } from './connection.ts';

const rowArbitrary = fc.record({
  id: fc.constant(0).map(() => randomUUID()),
  time: fc.date({ min: new Date('1970-01-01'), max: new Date('2100-01-01'), noInvalidDate: true }),
});

test('following endCursor from page to page visits every row once, in order', () => {
  fc.assert(
    fc.property(
      fc.array(rowArbitrary, { maxLength: 40 }),
      fc.integer({ min: 1, max: 15 }),
      (rows, first) => {
        const ordered = rows.toSorted(
          (a, b) => a.time.getTime() - b.time.getTime() || (a.id < b.id ? -1 : 1),
        );
        const visited: string[] = [];
        let after: string | null = null;
        do {
          const page = toPage({ first, after });
          const start = page.after ? ordered.findIndex(({ id }) => id === page.after?.id) + 1 : 0;
          const connection = toConnection(
            ordered.slice(start, start + page.limit),
            page,
            (row) => row,
          );
          visited.push(...connection.edges.map(({ node }) => node.id));
          after = connection.pageInfo.hasNextPage ? connection.pageInfo.endCursor : null;
        } while (after);
        expect(visited).toEqual(ordered.map(({ id }) => id));
      },
    ),
  );
});

test.each([0, 101, 1.5, Number.NaN])('a page of %d is refused with what is allowed', (first) => {
  expect(() => toPage({ first })).toThrow('first: expected 1 to 100');
});

test('a cursor of something else is refused by name', () => {
  expect(() => toPage({ first: 1, after: 'bogus' })).toThrow('after: not a cursor');
});
