import { createTestDatabase } from '@tributary/testkit';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { plainDecimal } from './plain-decimal.ts';

const finite = fc.double({ noNaN: true, noDefaultInfinity: true });

test('every number is written as PostgreSQL writes it out of jsonb', async () => {
  await using database = await createTestDatabase('analytics');
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.oneof(finite, fc.integer()), { minLength: 1, maxLength: 50 }),
      async (numbers) => {
        const { rows } = await database.pool.query<{ text: string }>(
          `SELECT value #>> '{}' AS text FROM jsonb_array_elements($1::jsonb) WITH ORDINALITY ORDER BY ordinality`,
          [JSON.stringify(numbers)],
        );
        expect(numbers.map(plainDecimal)).toEqual(rows.map(({ text }) => text));
      },
    ),
    { examples: [[[1e21, -1.5e-9, 5e-324, Number.MAX_VALUE, -0, 123456789012345680000]]] },
  );
});
