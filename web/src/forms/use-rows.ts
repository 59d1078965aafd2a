import { useState } from 'react';

export interface Row<Value> {
  key: number;
  value: Value;
}

let count = 0;

function row<Value>(value: Value): Row<Value> {
  count += 1;
  return { key: count, value };
}

/** A list that is edited row by row, and told as a whole after each change. */
export function useRows<Value>(first: readonly Value[], tell: (values: Value[]) => void) {
  const [rows, setRows] = useState(() => first.map(row));

  function set(changed: Row<Value>[]): void {
    setRows(changed);
    tell(changed.map(({ value }) => value));
  }

  return {
    rows,
    add: (value: Value) => set([...rows, row(value)]),
    remove: (key: number) => set(rows.filter((one) => one.key !== key)),
    change: (key: number, part: Partial<Value>) =>
      set(rows.map((one) => (one.key === key ? { key, value: { ...one.value, ...part } } : one))),
  };
}
