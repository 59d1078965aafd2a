/** A table of words as the options of a choice, in the table's order. */
export function optionsOf<Value extends string>(words: Readonly<Record<Value, string>>) {
  const entries = Object.entries(words) as [Value, string][];
  return entries.map(([value, label]) => ({ value, label }));
}
