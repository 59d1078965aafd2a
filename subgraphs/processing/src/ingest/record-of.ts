import type { RawRecord } from './read-batch.ts';

/** A value as a record, with the text that it would have come as. */
export function recordOf(value: unknown): RawRecord {
  return { text: textOf(value), value };
}

/** None for what is nested so deeply that writing it exhausts the stack; it is refused by its value. */
function textOf(value: unknown): string {
  try {
    return JSON.stringify(value);
  } catch {
    return '';
  }
}
