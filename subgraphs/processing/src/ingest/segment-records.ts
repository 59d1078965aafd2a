/**
 * Calls of the Segment HTTP API as CloudEvents, so that its libraries work by changing their host.
 * https://segment.com/docs/connections/sources/catalog/libraries/server/http-api/
 */
import { randomUUID } from 'node:crypto';
import { TributaryError } from '@tributary/errors';
import { assertFewRecords, type RawRecord } from './read-batch.ts';
import { recordOf } from './record-of.ts';

export const segmentCalls = ['track', 'identify', 'page', 'screen', 'group', 'alias'] as const;
export type SegmentCall = (typeof segmentCalls)[number];

type Message = Record<string, unknown>;

/** What a call says besides its properties; it stands in `data.segment`. */
const facts = [
  'userId',
  'anonymousId',
  'groupId',
  'previousId',
  'name',
  'category',
  'context',
] as const;

/** The records of `POST /v1/batch`. @throws INVALID_INPUT without a list of messages, TOO_LARGE. */
export function segmentBatch(document: unknown): RawRecord[] {
  if (!isObject(document) || !Array.isArray(document.batch) || document.batch.length === 0) {
    throw new TributaryError('INVALID_INPUT', 'batch: expected at least one message in a list.', [
      'batch',
    ]);
  }
  assertFewRecords(document.batch.length);
  return document.batch.map((message: unknown) =>
    segmentRecord(isObject(message) ? message.type : undefined, message),
  );
}

/** The record of `POST /v1/track` and its like. */
export function segmentRecord(call: unknown, message: unknown): RawRecord {
  return recordOf(isObject(message) ? toCloudEvent(call, message) : message);
}

/** A track call's event is the type; other calls are their own. Properties and traits become `data`. */
function toCloudEvent(call: unknown, message: Message): object {
  const { messageId, userId, anonymousId, timestamp, originalTimestamp } = message;
  const content = call === 'identify' || call === 'group' ? message.traits : message.properties;
  const named = facts.flatMap((name) => (name in message ? [[name, message[name]]] : []));
  return {
    specversion: '1.0',
    id: messageId ?? randomUUID(),
    source: '/segment',
    type: call === 'track' ? message.event : knownCall(call),
    subject: subjectOf(userId) ?? subjectOf(anonymousId),
    time: timestamp ?? originalTimestamp ?? undefined,
    data: { ...(isObject(content) && content), segment: { call, ...Object.fromEntries(named) } },
  };
}

/** Undefined for what is no call: the record is refused for its type. */
function knownCall(call: unknown): SegmentCall | undefined {
  return segmentCalls.find((known) => known === call);
}

/** Libraries send ids as text, people also as numbers. */
function subjectOf(id: unknown): string | undefined {
  if (typeof id === 'number') return String(id);
  return typeof id === 'string' && id !== '' ? id : undefined;
}

function isObject(value: unknown): value is Message {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
