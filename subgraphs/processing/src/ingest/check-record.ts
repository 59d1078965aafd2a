import { cloudEventSchema, compileCheck, isoText } from '@tributary/events';
import type { z } from 'zod';
import type { Failure } from '../pipeline/failure.ts';
import { shownPath, shownValue } from '../pipeline/shown-value.ts';
import { unknownType } from '../pipeline/unknown-types.ts';
import { findUnstorable } from '../pipeline/unstorable.ts';
import type { Validator } from '../pipeline/validate.ts';
import type { RawRecord } from './read-batch.ts';

const largestData = 262_144;
const farthestAhead = 7 * 24 * 60 * 60 * 1000;

/** Producers may leave the time out. */
const recordSchema = cloudEventSchema.extend({ time: cloudEventSchema.shape.time.optional() });
const isRecord = compileCheck(recordSchema, 'input');

/** An event that the log may take: `time` is there, in UTC to the millisecond. */
export type CheckedEvent = z.infer<typeof cloudEventSchema>;

export type Checked =
  | { kind: 'good'; event: CheckedEvent }
  | { kind: 'bad'; id: string | null; failure: Failure };

export interface CheckOptions {
  now: Date;
  /** The time of events that have none. */
  defaultTime: Date;
  validatorFor: (type: string) => Validator | undefined;
  /** The source takes registered types only. */
  refusesUnknownTypes?: boolean;
}

/** The envelope first, then the data by the newest schema of its type. */
export function checkRecord(record: RawRecord, options: CheckOptions): Checked {
  if (record.fault !== undefined) return bad(undefined, null, record.fault);
  const { value } = record;
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    return bad(value, null, `expected a JSON object, got ${shownValue(value)}`);
  }
  const unstorable = findUnstorable(value);
  if (unstorable) return bad(value, unstorable.path, unstorable.reason);
  if (!isRecord(value)) return badEnvelope(value);
  const { data, time } = value;
  if (isTooLarge(record.text, data)) {
    return bad(value, ['data'], 'expected at most 256 KB of JSON, got more');
  }
  const at = time === undefined ? options.defaultTime : new Date(time);
  if (at.getTime() < 0 || at.getTime() > options.now.getTime() + farthestAhead) {
    return bad(value, ['time'], `expected 1970 to seven days from now, got ${shownValue(time)}`);
  }
  const validator = options.validatorFor(value.type);
  const failure = validator ? validator(data) : refusalOf(value.type, options);
  if (failure) return { kind: 'bad', id: value.id, failure };
  return { kind: 'good', event: { ...value, time: isoText(time ?? '', at) } };
}

function refusalOf(type: string, { refusesUnknownTypes }: CheckOptions): Failure | undefined {
  return refusesUnknownTypes === true ? unknownType(type, 'ACCEPT') : undefined;
}

function badEnvelope(value: object): Checked {
  const issue = recordSchema.safeParse(value).error?.issues[0];
  const path = issue?.path ?? [];
  const got = path.reduce<unknown>(
    (inner, name) =>
      typeof inner === 'object' && inner !== null ? Reflect.get(inner, name) : undefined,
    value,
  );
  return bad(value, path, `${issue?.message ?? 'is no CloudEvent'}, got ${shownValue(got)}`);
}

function bad(value: unknown, path: readonly PropertyKey[] | null, reason: string): Checked {
  const field = path && path.length > 0 ? shownPath(path) : null;
  return { kind: 'bad', id: readableId(value), failure: { stage: 'ACCEPT', field, reason } };
}

/** The id, for the verdict, of a record that has one worth repeating. */
function readableId(value: unknown): string | null {
  if (typeof value !== 'object' || value === null || !('id' in value)) return null;
  const { id } = value;
  return typeof id === 'string' && id.length <= 256 ? id : null;
}

/** Measures only what could be too large: text of n characters is at most 3n bytes. */
function isTooLarge(text: string, data: object): boolean {
  return text.length * 3 > largestData && Buffer.byteLength(JSON.stringify(data)) > largestData;
}
