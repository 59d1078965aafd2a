import { shownValue } from '../../pipeline/shown-value.ts';
import { type FieldType, type TimeFormat, timeFormats } from '../import-mapping.ts';
import type { Row } from '../read/row.ts';
import { convertValue, unfit } from './convert-value.ts';
import { parseTime } from './parse-time.ts';

/** What a column holds, as far as its first rows tell. */
export interface ImportColumn {
  name: string;
  type: FieldType;
  /** The format that all of its values have; null when they are no times. */
  timeFormat: TimeFormat | null;
  /** Some of its values, as text. */
  examples: string[];
  /** How many of the first rows have a value there. */
  filled: number;
  /** No value twice. */
  isUnique: boolean;
}

const mostExamples = 3;
/** From the strictest to what takes everything. */
const byStrictness = ['INTEGER', 'NUMBER', 'BOOLEAN'] as const;
const leadingZero = /^[+-]?0\d/;

export function inferColumns(names: readonly string[], rows: readonly Row[]): ImportColumn[] {
  return names.map((name) => inferColumn(name, rows));
}

function inferColumn(name: string, rows: readonly Row[]): ImportColumn {
  const values = rows.flatMap(({ value }) => {
    const found = value?.[name];
    return found === undefined || found === null || found === '' ? [] : [found];
  });
  const texts = values.map((value) => (typeof value === 'string' ? value : exampleOf(value)));
  return {
    name,
    type: typeOf(values),
    timeFormat: timeFormatOf(values),
    examples: [...new Set(texts)].slice(0, mostExamples).map((text) => text.slice(0, 100)),
    filled: values.length,
    isUnique: new Set(texts).size === texts.length,
  };
}

function typeOf(values: readonly unknown[]): FieldType {
  if (values.length === 0) return 'STRING';
  if (values.some((value) => typeof value === 'object' && !(value instanceof Date))) return 'JSON';
  // Text that begins with a zero is a code: as a number it would lose it.
  const isCode = values.some((value) => typeof value === 'string' && leadingZero.test(value));
  if (isCode || values.some((value) => value instanceof Date)) return 'STRING';
  const fits = (type: FieldType) => values.every((value) => convertValue(value, type) !== unfit);
  return byStrictness.find(fits) ?? 'STRING';
}

/** Numbers are taken for times only where they lie within 2000 and 2100. */
function timeFormatOf(values: readonly unknown[]): TimeFormat | null {
  if (values.length === 0) return null;
  const fits = (format: TimeFormat) =>
    values.every((value) => {
      const time = parseTime(value, format);
      return time !== undefined && (!format.startsWith('UNIX') || isLikely(time));
    });
  return timeFormats.find(fits) ?? null;
}

function isLikely(time: Date): boolean {
  const year = time.getUTCFullYear();
  return year >= 2000 && year < 2100;
}

function exampleOf(value: unknown): string {
  if (value instanceof Date) return value.toISOString();
  return typeof value === 'object' ? (JSON.stringify(value) ?? '') : shownValue(value);
}
