/**
 * A JSON body → one raw record per event. It is read as a whole: where it is not JSON nothing of it is
 * taken. NDJSON is read line by line; see read-lines.ts.
 */
import { isUtf8 } from 'node:buffer';
import { TributaryError } from '@tributary/errors';
import { elementTexts } from './element-texts.ts';
import { describeJsonFault } from './json-fault.ts';

export const ndjsonTypes = ['application/x-ndjson', 'application/ndjson'];
const batchType = 'application/cloudevents-batch+json';
const eventType = 'application/cloudevents+json';
export const jsonTypes = ['application/json', eventType, batchType];

/** Blank lines of a stream among them. Bounds the answer, and the work that a small packed body can make. */
const mostRecords = 250_000;
/** Of a record's text. Its data may have 256 KB; white space and attributes come on top. */
export const longestRecord = 1_048_576;

export type RawRecord = ({ value: unknown; fault?: undefined } | { fault: string }) & {
  text: string;
  /** The dead letter that it becomes if it is refused; one of its own, if left out. */
  letterId?: string;
};

/** @throws INVALID_JSON, INVALID_INPUT or TOO_LARGE when the body as a whole is no batch. */
export function readBatch(body: Buffer, mediaType: string): RawRecord[] {
  const text = decode(body);
  const texts = documents(text, mediaType);
  if (texts.length === 0) {
    throw new TributaryError('INVALID_INPUT', 'Expected at least one event, got an empty batch.');
  }
  assertFewRecords(texts.length);
  return texts.map((record) => readRecord(record, text));
}

/** @throws TOO_LARGE. */
export function assertFewRecords(count: number): void {
  if (count <= mostRecords) return;
  throw new TributaryError('TOO_LARGE', `Expected at most ${mostRecords} records in a batch.`);
}

/** A body that is one JSON document. @throws INVALID_JSON where it is none. */
export function readDocument(body: Buffer): unknown {
  const text = decode(body);
  try {
    return JSON.parse(text);
  } catch {
    throw invalidJson(text);
  }
}

/** `whole` is the body whose fault a record's fault is; lines have none. @throws INVALID_JSON for it. */
export function readRecord(text: string, whole?: string): RawRecord {
  if (text.length > longestRecord) {
    return { text, fault: `expected a record of at most 1 MB, got ${text.length} characters` };
  }
  try {
    return { text, value: JSON.parse(text) };
  } catch {
    if (whole !== undefined) throw invalidJson(whole);
    return { text, fault: describeJsonFault(text) };
  }
}

function decode(body: Buffer): string {
  if (!isUtf8(body)) {
    throw new TributaryError('INVALID_JSON', 'Expected JSON in UTF-8, got other bytes.');
  }
  const text = body.toString('utf8');
  return text.startsWith('\ufeff') ? text.slice(1) : text;
}

function documents(text: string, mediaType: string): string[] {
  const trimmed = text.trim();
  if (trimmed === '') return [];
  if (!trimmed.startsWith('[')) {
    if (mediaType === batchType) throw wrongShape('an array of events', mediaType);
    return [trimmed];
  }
  if (mediaType === eventType) throw wrongShape('one event', mediaType);
  const texts = elementTexts(trimmed);
  if (!texts) throw invalidJson(text);
  return texts;
}

function wrongShape(expected: string, mediaType: string): TributaryError {
  return new TributaryError('INVALID_INPUT', `Expected ${expected} as ${mediaType}.`);
}

function invalidJson(text: string): TributaryError {
  const [first = '', ...rest] = describeJsonFault(text);
  return new TributaryError('INVALID_JSON', `${first.toUpperCase()}${rest.join('')}.`);
}
