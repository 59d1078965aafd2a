import type { EventReceived } from '@tributary/events';
import type { RefusedRecord } from '../stores/failed-record-store.ts';
import { type Checked, type CheckedEvent, type CheckOptions, checkRecord } from './check-record.ts';
import type { RawRecord } from './read-batch.ts';
import { type EventOrigin, toReceivedEvent } from './received-event.ts';
import { markOf, type RecentEvents } from './recent-events.ts';
import type { Verdict } from './verdict.ts';

/** In bytes; a producer has been told, so the rest of a larger record is its own to find. */
const longestOriginal = 65_536;

export interface Judgement {
  good: EventReceived[];
  refused: RefusedRecord[];
  verdicts: Verdict[];
}

export interface JudgeOptions extends CheckOptions {
  recent: RecentEvents;
  /** Checksums by id of what this request has accepted so far; grows. To be remembered once it is durable. */
  marks: Map<string, number>;
}

/** Every record's verdict, and what goes on the log or becomes a dead letter for it. */
export function judgeRecords(
  records: readonly RawRecord[],
  firstIndex: number,
  origin: EventOrigin,
  options: JudgeOptions,
): Judgement {
  const judgement: Judgement = { good: [], refused: [], verdicts: [] };
  const seed = options.recent.seedOf(origin.sourceId);
  records.forEach((record, offset) => {
    const index = firstIndex + offset;
    const checked = checkSafely(record, options);
    if (checked.kind === 'bad') {
      refuse(judgement, index, record, checked);
      return;
    }
    const { event } = checked;
    const isNew = isNewRecord(record, event, seed, options);
    if (isNew) judgement.good.push(toReceivedEvent(event, origin));
    judgement.verdicts.push({ index, id: event.id, status: isNew ? 'accepted' : 'duplicate' });
  });
  return judgement;
}

function refuse(
  judgement: Judgement,
  index: number,
  record: RawRecord,
  { id, failure }: Extract<Checked, { kind: 'bad' }>,
): void {
  const { field, reason } = failure;
  const { letterId } = record;
  judgement.refused.push({
    ...failure,
    original: kept(record.text),
    ...(letterId !== undefined && { id: letterId }),
  });
  judgement.verdicts.push({
    index,
    id,
    status: 'rejected',
    ...(field !== null && { field }),
    reason,
  });
}

/** A record without a time happens when it is accepted: in another request it is another event. */
function isNewRecord(
  record: RawRecord,
  event: CheckedEvent,
  seed: number,
  { recent, marks }: JudgeOptions,
): boolean {
  const mark = markOf(seed, event, record.text);
  if (marks.get(mark.id) === mark.checksum || recent.has(mark)) return false;
  marks.set(mark.id, mark.checksum);
  return true;
}

/** One record that a schema chokes on must not cost the others their verdicts. */
function checkSafely(record: RawRecord, options: CheckOptions): Checked {
  try {
    return checkRecord(record, options);
  } catch {
    const reason = 'could not be checked: its schema cannot be applied to it';
    return { kind: 'bad', id: null, failure: { stage: 'VALIDATE', field: null, reason } };
  }
}

/** As PostgreSQL's text can hold it: a line that is no JSON may have any characters. */
function kept(text: string): string {
  const short =
    Buffer.byteLength(text) <= longestOriginal
      ? text
      : Buffer.from(text).subarray(0, longestOriginal).toString('utf8');
  return short.replaceAll('\u0000', '\ufffd');
}
