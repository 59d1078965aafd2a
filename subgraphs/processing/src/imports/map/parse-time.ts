import type { TimeFormat } from '../import-mapping.ts';

const clock = String.raw`(?:[T ,]+(\d{1,2}):(\d{2})(?::(\d{2})(?:[.,](\d{1,9}))?)?)?`;
const zone = String.raw`\s*(Z|z|UTC|[+-]\d{2}:?\d{2})?`;
const patterns = {
  ISO: new RegExp(String.raw`^(\d{4})-(\d{2})-(\d{2})${clock}${zone}$`),
  MONTH_DAY_YEAR: new RegExp(String.raw`^(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})${clock}${zone}$`),
  DAY_MONTH_YEAR: new RegExp(String.raw`^(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})${clock}${zone}$`),
};

const described = {
  ISO: 'a time such as 2026-11-21T09:30:00Z or 2026-11-21 09:30',
  MONTH_DAY_YEAR: 'a time such as 11/21/2026 09:30',
  DAY_MONTH_YEAR: 'a time such as 21.11.2026 09:30',
  UNIX_SECONDS: 'seconds since 1970',
  UNIX_MILLISECONDS: 'milliseconds since 1970',
} as const satisfies Record<TimeFormat, string>;

export const describeTimeFormat = (format: TimeFormat): string => described[format];

/** A time of a file; where it names no zone it is taken for UTC. Undefined when it is none of that format. */
export function parseTime(value: unknown, format: TimeFormat): Date | undefined {
  if (value instanceof Date) return Number.isNaN(value.getTime()) ? undefined : value;
  if (format === 'UNIX_SECONDS') return fromNumber(value, 1_000);
  if (format === 'UNIX_MILLISECONDS') return fromNumber(value, 1);
  return typeof value === 'string' ? fromText(value.trim(), format) : undefined;
}

function fromNumber(value: unknown, factor: number): Date | undefined {
  const isGiven = typeof value === 'number' || (typeof value === 'string' && value.trim() !== '');
  const time = new Date(Math.round(Number(value) * factor));
  return isGiven && !Number.isNaN(time.getTime()) ? time : undefined;
}

function fromText(text: string, format: keyof typeof patterns): Date | undefined {
  const match = patterns[format].exec(text);
  if (!match) return undefined;
  const [, first = '', second = '', third = '', hour, minute, seconds, fraction, offset] = match;
  const [year, month, day] =
    format === 'ISO'
      ? [first, second, third]
      : format === 'MONTH_DAY_YEAR'
        ? [third, first, second]
        : [third, second, first];
  const milliseconds = Number((fraction ?? '').padEnd(3, '0').slice(0, 3));
  const parts = [Number(hour ?? 0), Number(minute ?? 0), Number(seconds ?? 0)] as const;
  const date = Date.UTC(Number(year), Number(month) - 1, Number(day));
  const found = new Date(date);
  const isDay =
    found.getUTCFullYear() === Number(year) &&
    found.getUTCMonth() === Number(month) - 1 &&
    found.getUTCDate() === Number(day);
  if (!isDay || parts[0] > 23 || parts[1] > 59 || parts[2] > 59) return undefined;
  const [hours, minutes, whole] = parts;
  const time = date + ((hours * 60 + minutes) * 60 + whole) * 1_000 + milliseconds;
  return new Date(time - offsetMilliseconds(offset));
}

function offsetMilliseconds(offset: string | undefined): number {
  const [, sign, hours, minutes] = /^([+-])(\d{2}):?(\d{2})$/.exec(offset ?? '') ?? [];
  if (!sign) return 0;
  const size = (Number(hours) * 60 + Number(minutes)) * 60_000;
  return sign === '-' ? -size : size;
}
