/**
 * How records stand in the log: many to an entry, each entry JSON text
 * `{"shared":{…},"records":[…]}`. What all of its records have in common is written once.
 */

const entryLength = 65_536;

type JsonObject = Record<string, unknown>;

/** Records in order as entries, none much longer than 64 KB unless one record is: readers bound memory by entries. */
export function toEntries(records: readonly object[], mayShare: readonly string[]): string[] {
  const shared = sharedBy(records, mayShare);
  const unsaid = Object.fromEntries(Object.keys(shared).map((name) => [name, undefined]));
  const head = `{"shared":${JSON.stringify(shared)},"records":[`;
  const entries: string[] = [];
  let pending: string[] = [];
  let length = 0;
  for (const record of records) {
    // What is undefined is not written: cheaper than a copy of the rest, name by name.
    const text = JSON.stringify({ ...record, ...unsaid });
    if (pending.length > 0 && length + text.length > entryLength) {
      entries.push(`${head}${pending.join(',')}]}`);
      pending = [];
      length = 0;
    }
    pending.push(text);
    length += text.length;
  }
  entries.push(`${head}${pending.join(',')}]}`);
  return entries;
}

/** The records of an entry as they were appended. What is no entry is one record that fits no schema. */
export function recordsOf(text: string): unknown[] {
  const entry = parse(text);
  // Entries were arrays before attributes were shared.
  if (Array.isArray(entry)) return entry;
  if (!isObject(entry) || !isObject(entry.shared) || !Array.isArray(entry.records)) return [entry];
  for (const record of entry.records) if (isObject(record)) Object.assign(record, entry.shared);
  return entry.records;
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

/** The attributes that have one text in all records. */
function sharedBy(records: readonly object[], mayShare: readonly string[]): JsonObject {
  const shared: JsonObject = {};
  const [first, ...rest] = records as readonly JsonObject[];
  for (const name of mayShare) {
    const value = first?.[name];
    if (typeof value === 'string' && rest.every((record) => record[name] === value)) {
      shared[name] = value;
    }
  }
  return shared;
}

function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
