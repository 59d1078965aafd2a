const longest = 100;
const longestPath = 200;

/** A value as a sentence about it may quote it: at most 100 characters, harmless to store. */
export function shownValue(value: unknown): string {
  if (value === undefined) return 'nothing';
  if (Array.isArray(value)) return `an array of ${value.length}`;
  if (typeof value === 'object' && value !== null) return 'an object';
  // JSON.stringify escapes NUL and lone surrogates, which PostgreSQL's text would refuse.
  const text = JSON.stringify(typeof value === 'string' ? value.slice(0, longest) : value);
  return text.length <= longest ? text : `${text.slice(0, longest - 2)}…"`;
}

/** A path as people write it, e.g. data.legs.0.delay. */
export function shownPath(path: readonly PropertyKey[]): string {
  const text = path.map(String).join('.');
  const short = text.length <= longestPath ? text : `${text.slice(0, longestPath - 1)}…`;
  return short.toWellFormed().replaceAll('\u0000', '\ufffd');
}
