import { crc32 } from 'node:zlib';
import type { CheckedEvent } from '../../ingest/check-record.ts';

/** Of each of two generations, by row number: the window begins where the elder one does. */
export const generationRows = 50_000;

/**
 * Which rows came before, letter by letter, among the last 50,000 to 100,000. It depends on row numbers
 * only, so that an import that goes on after a crash counts what it would have counted without one.
 */
export interface RowWindow {
  isNew(row: number, event: CheckedEvent): boolean;
}

/** The first row that a window over `row` must have seen. */
export function windowStart(row: number): number {
  return Math.max(0, (Math.floor(row / generationRows) - 1) * generationRows);
}

export function createRowWindow(): RowWindow {
  let younger = new Map<string, number>();
  let elder = younger;
  let generation = 0;
  return {
    isNew(row, { id, time, data }) {
      const current = Math.floor((row - 1) / generationRows);
      if (current !== generation) {
        elder = current === generation + 1 ? younger : new Map();
        younger = new Map();
        generation = current;
      }
      const identity = `${time}/${id}`;
      const checksum = crc32(JSON.stringify(data));
      const isKnown = younger.get(identity) === checksum || elder.get(identity) === checksum;
      if (!isKnown) younger.set(identity, checksum);
      return !isKnown;
    },
  };
}

/** Where every row has an id of its own, none can have come before. */
export const noWindow: RowWindow = { isNew: () => true };
