import type { EventReceived } from '@tributary/events';
import type { FailedRecord, ReplayedRecord } from '../stores/failed-record-store.ts';
import type { SourceTally } from '../stores/source-minute-store.ts';
import { deadLetterId } from './dead-letter-id.ts';
import type { Failure } from './failure.ts';
import type { Settled } from './run-records.ts';

/** What a batch came to, besides what was appended. */
export interface BatchTally {
  processed: number;
  dropped: number;
  failed: FailedRecord[];
  replayed: ReplayedRecord[];
  sources: Map<string, SourceTally>;
}

export function createTally(): BatchTally {
  return { processed: 0, dropped: 0, failed: [], replayed: [], sources: new Map() };
}

/** A replay tells its dead letter how it went; any other record that failed or is held becomes one. */
export function tallyOutcome(
  record: EventReceived,
  outcome: Settled | undefined,
  tally: BatchTally,
): void {
  if (outcome?.kind === 'dropped') tally.dropped += 1;
  const isHeld = outcome?.kind === 'held';
  const failure =
    outcome?.kind === 'failed' || outcome?.kind === 'held' ? outcome.failure : undefined;
  const { workspace, deadletterid } = record;
  if (deadletterid !== undefined) {
    tally.replayed.push({ id: deadletterid, workspace, failure, isHeld });
    return;
  }
  countRecord(record, failure !== undefined && !isHeld, tally);
  if (failure) tally.failed.push(failedRecord(record, failure, isHeld));
}

/** By source. */
export function talliesOf({ sources }: BatchTally): SourceTally[] {
  return [...sources.values()];
}

function countRecord(record: EventReceived, hasFailed: boolean, { sources }: BatchTally): void {
  const { workspace, sourceid: sourceId } = record;
  const known = sources.get(sourceId) ?? { workspace, sourceId, records: 0, failed: 0 };
  known.records += 1;
  if (hasFailed) known.failed += 1;
  sources.set(sourceId, known);
}

function failedRecord(record: EventReceived, failure: Failure, isHeld: boolean): FailedRecord {
  return {
    ...failure,
    id: deadLetterId(record),
    workspace: record.workspace,
    sourceId: record.sourceid,
    original: originalText(record),
    isHeld,
  };
}

/** The event as its producer would send it again. */
function originalText(record: EventReceived): string {
  const { specversion, id, source, type, time, subject, data } = record;
  return JSON.stringify({ specversion, id, source, type, time, subject, data });
}
