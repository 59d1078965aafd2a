import fc from 'fast-check';
import { expect, test } from 'vitest';
import { readCsv } from './read-csv.ts';

test('of rows with the same key the last one stands', async () => {
  const rows = await readCsv('k,v\na,1\nb,2\na,3\n', 'k');
  expect([...rows.values()]).toEqual([
    { k: 'a', v: '3' },
    { k: 'b', v: '2' },
  ]);
});

test('any text in any cell comes back as it was, byte order mark or not', async () => {
  const cell = fc.string();
  const quoted = (text: string) => `"${text.replaceAll('"', '""')}"`;
  await fc.assert(
    fc.asyncProperty(
      fc.uniqueArray(fc.tuple(cell, cell), { selector: ([key]) => key }),
      async (cells) => {
        const csv = ['\ufeffk,v', ...cells.map((row) => row.map(quoted).join(','))].join('\r\n');
        const rows = await readCsv(csv, 'k');
        expect([...rows.entries()]).toEqual(cells.map(([k, v]) => [k, { k, v }]));
      },
    ),
  );
});

test('a text that is no table is refused with the place', async () => {
  await expect(readCsv('k,v\n"open', 'k')).rejects.toThrow(/line 2/);
  await expect(readCsv('k,v\n1,2,3\n', 'k')).rejects.toThrow(/line 2/);
  await expect(readCsv('k,__proto__\n', 'k')).rejects.toThrow(/header/);
});
