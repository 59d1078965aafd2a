import { isUtf8 } from 'node:buffer';
import type { KafkaTopicMessage } from '@tributary/event-log';
import { v5 } from 'uuid';
import { readField, toFieldPath } from '../../pipeline/field-path.ts';
import { type RawRecord, readRecord } from '../read-batch.ts';
import type { TopicSettings } from './topic-settings.ts';

const letterNamespace = '0d0c4f5e-6a0b-4d6e-9c55-2b1f3a0f7a51';

/**
 * A message as a record for the door; undefined for a tombstone. The same message always is the same record,
 * and the same dead letter if it is refused, so that it may come again.
 */
export function toRecord(
  message: KafkaTopicMessage,
  settings: TopicSettings,
): RawRecord | undefined {
  const { value } = message;
  if (value === undefined) return undefined;
  const letterId = letterIdOf(message, settings);
  if (!isUtf8(value)) {
    const text = `data:application/octet-stream;base64,${value.toString('base64')}`;
    return { letterId, text, fault: 'expected JSON in UTF-8, got other bytes' };
  }
  const read = readRecord(value.toString());
  if (read.fault !== undefined || !isObject(read.value)) return { ...read, letterId };
  const { text, value: content } = read;
  const record =
    settings.format === 'json'
      ? mapped(text, content, message, settings)
      : { text, value: { time: producedAt(message), ...content } };
  return { ...record, letterId };
}

/** A record of another shape as a CloudEvent, in whose text the record stands letter by letter as `data`. */
function mapped(
  text: string,
  content: Record<string, unknown>,
  message: KafkaTopicMessage,
  settings: TopicSettings,
): RawRecord {
  const { topic, type, typeField, idField, timeField, subjectField } = settings;
  const at = (path: string) => readField(content, toFieldPath(path));
  const envelope = {
    specversion: '1.0',
    id: idField ? asText(at(idField)) : `${topic}/${message.partition}/${message.offset}`,
    source: `/kafka/${topic}`,
    type: typeField ? asText(at(typeField)) : type,
    time: timeField ? asTime(at(timeField)) : producedAt(message),
    ...(subjectField && { subject: asText(at(subjectField)) }),
  };
  return {
    text: `${JSON.stringify(envelope).slice(0, -1)},"data":${text}}`,
    value: { ...envelope, data: content },
  };
}

/** A topic that is made anew has the same offsets again, but not the same times. */
function letterIdOf(
  { partition, offset, timestamp }: KafkaTopicMessage,
  { source, topic }: TopicSettings,
): string {
  return v5(JSON.stringify([source, topic, partition, String(offset), timestamp]), letterNamespace);
}

/** Producers say it themselves, some in other units. */
function producedAt({ timestamp }: KafkaTopicMessage): unknown {
  return asTime(timestamp);
}

/** Ids and keys are numbers as often as text. */
function asText(value: unknown): unknown {
  return typeof value === 'number' ? String(value) : value;
}

/** What is out of range stays a number, and is refused as one. */
function asTime(value: unknown): unknown {
  const isDate = typeof value === 'number' && Math.abs(value) <= 8.64e15;
  return isDate ? new Date(value).toISOString() : value;
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
