/** A row as it was read. */
export interface Row {
  /** From 1; a header and blank lines do not count. */
  number: number;
  /** By column; undefined where the row could not be read. */
  value: Record<string, unknown> | undefined;
  /** Why it could not be read. */
  fault: string | undefined;
  /** What stands in the file, where the value does not say it: a line of NDJSON, or the start of a broken row. */
  text: string | undefined;
}

/** Rows that were read together; none where it is only told how far the file is read. */
export interface RowBatch {
  rows: Row[];
  /** Of the file, from its start. */
  bytesRead: number;
}

/** At a time: enough for few transactions, and little to hold. */
export const batchRows = 5_000;
/** Of a row's text, in bytes. Its data may have 256 KB as JSON. */
export const longestRow = 1_048_576;
/** Of what is kept of a broken row's text. */
export const longestKept = 65_536;

export function brokenRow(number: number, fault: string, text: string | undefined): Row {
  return { number, value: undefined, fault, text: text?.slice(0, longestKept) };
}
