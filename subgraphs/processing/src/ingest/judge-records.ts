import type { EventReceived } from '@tributary/events';
import type { RefusedRecord } from '../stores/failed-record-store.ts';
import { type Checked, type CheckOptions, checkRecord } from './check-record.ts';
import type { RawRecord } from './read-batch.ts';
import { type EventOrigin, toReceivedEvent } from './received-event.ts';
import type { Verdict } from './verdict.ts';

/** In bytes; a producer has been told, so the rest of a larger record is its own to find. */
const longestOriginal = 65_536;

export interface Judgement {
  good: EventReceived[];
  refused: RefusedRecord[];
  verdicts: Verdict[];
}

/** Every record's verdict, and what goes on the log or becomes a dead letter for it. */
export function judgeRecords(
  records: readonly RawRecord[],
  firstIndex: number,
  origin: EventOrigin,
  options: CheckOptions,
): Judgement {
  const judgement: Judgement = { good: [], refused: [], verdicts: [] };
  records.forEach((record, offset) => {
    add(judgement, firstIndex + offset, record, checkSafely(record, options), origin);
  });
  return judgement;
}

function add(
  judgement: Judgement,
  index: number,
  record: RawRecord,
  checked: Checked,
  origin: EventOrigin,
): void {
  if (checked.kind === 'good') {
    judgement.good.push(toReceivedEvent(checked.event, origin));
    judgement.verdicts.push({ index, id: checked.event.id, status: 'accepted' });
    return;
  }
  const { field, reason } = checked.failure;
  judgement.refused.push({ ...checked.failure, original: kept(record.text) });
  judgement.verdicts.push({
    index,
    id: checked.id,
    status: 'rejected',
    ...(field !== null && { field }),
    reason,
  });
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
