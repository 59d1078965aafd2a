import { FileFault } from './file-fault.ts';

const mostColumns = 1_000;

/** The columns' names; `column_1` and so on where the first row is no header. @throws FileFault. */
export function csvHeader(cells: readonly string[], hasHeader: boolean): string[] {
  if (cells.length > mostColumns) {
    throw new FileFault(`Expected at most ${mostColumns} columns, got ${cells.length}.`);
  }
  if (!hasHeader) return cells.map((_, index) => `column_${index + 1}`);
  const names = cells.map((cell) => cell.trim());
  const wrong = names.findIndex(
    (name, index) => name === '' || name === '__proto__' || names.indexOf(name) < index,
  );
  if (wrong === -1) return names;
  const got = names[wrong] === '' ? 'none' : `“${names[wrong]}” again`;
  throw new FileFault(
    `Expected a first row that names each column differently, got ${got} for column ${wrong + 1}.`,
  );
}
