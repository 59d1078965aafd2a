import type { FieldType } from '../import-mapping.ts';

/** What a cell that is not of its type becomes. */
export const unfit = Symbol('unfit');

const number = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?$/;
const yes = new Set(['true', 't', 'yes', 'y', '1']);
const no = new Set(['false', 'f', 'no', 'n', '0']);

/** A cell as a value of an event's data; undefined for an empty one, which is left out. */
export function convertValue(value: unknown, type: FieldType): unknown {
  if (value === undefined || value === '' || (value === null && type !== 'JSON')) return undefined;
  if (value instanceof Date) return fromDate(value, type);
  switch (type) {
    case 'STRING':
      return toText(value);
    case 'INTEGER':
      return toInteger(value);
    case 'NUMBER':
      return toNumber(value);
    case 'BOOLEAN':
      return toBoolean(value);
    case 'JSON':
      return toJson(value);
  }
}

function fromDate(value: Date, type: FieldType): unknown {
  const time = value.getTime();
  if (Number.isNaN(time)) return unfit;
  if (type === 'INTEGER' || type === 'NUMBER') return time;
  return type === 'BOOLEAN' ? unfit : value.toISOString();
}

function toText(value: unknown): unknown {
  if (typeof value === 'string') return value;
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}

function toNumber(value: unknown): unknown {
  if (typeof value === 'number') return value;
  if (typeof value !== 'string') return unfit;
  const text = value.trim();
  return number.test(text) ? Number(text) : unfit;
}

function toInteger(value: unknown): unknown {
  const found = toNumber(value);
  return Number.isSafeInteger(found) ? found : unfit;
}

function toBoolean(value: unknown): unknown {
  if (typeof value === 'boolean') return value;
  const text = String(value).trim().toLowerCase();
  if (yes.has(text)) return true;
  return no.has(text) ? false : unfit;
}

function toJson(value: unknown): unknown {
  if (typeof value !== 'string') return value;
  try {
    return JSON.parse(value);
  } catch {
    return unfit;
  }
}
