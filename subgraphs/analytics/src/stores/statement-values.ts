/** Puts a value into a statement: it answers the value's number there, `$1` and so on. */
export type Given = (value: unknown) => string;

export interface Statement {
  text: string;
  values: unknown[];
}

/** A statement's values, by number as they are given. */
export function createValues() {
  const values: unknown[] = [];
  const given: Given = (value) => `$${values.push(value)}`;
  return { values, given };
}
