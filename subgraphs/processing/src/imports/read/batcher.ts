import { batchRows, type Row } from './row.ts';

/** Of a batch's rows, as they stand in the file. */
const batchBytes = 8_388_608;

/** Gathers rows into batches that are neither long nor large. */
export function createBatcher() {
  let rows: Row[] = [];
  let bytes = 0;
  const ready: Row[][] = [];
  return {
    add(row: Row, size: number): void {
      rows.push(row);
      bytes += size;
      if (rows.length < batchRows && bytes < batchBytes) return;
      ready.push(rows);
      rows = [];
      bytes = 0;
    },
    /** Batches that are full, once; one without rows where none is, which tells that the file is being read. */
    full: (): Row[][] => (ready.length > 0 ? ready.splice(0) : [[]]),
    /** All that is left. */
    rest: (): Row[][] => [...ready.splice(0), ...(rows.length > 0 ? [rows.splice(0)] : [])],
  };
}
