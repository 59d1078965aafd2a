/**
 * Guarantee: what is answered as accepted is in the log, what is answered as rejected is a dead letter.
 * Dead letters are written before the log is, and committed after: when either store is away nothing is
 * claimed (503) and as a rule nothing is taken. What was taken all the same counts once if it carries its time.
 */
import { setImmediate } from 'node:timers/promises';
import type { Logger } from '@tributary/chassis';
import { TributaryError } from '@tributary/errors';
import type { EventLog } from '@tributary/event-log';
import { type EventReceived, eventReceived } from '@tributary/events';
import type { Metrics } from '../metrics.ts';
import type { DefinitionCache } from '../pipeline/definitions.ts';
import type { FailedRecordStore, RefusedRecord } from '../stores/failed-record-store.ts';
import type { KeyedSource } from './identify-source.ts';
import { judgeRecords } from './judge-records.ts';
import type { LogGauge } from './log-gauge.ts';
import type { RawRecord } from './read-batch.ts';
import type { RecentEvents } from './recent-events.ts';
import type { IngestAnswer, Verdict } from './verdict.ts';
import { withDeadline } from './with-deadline.ts';

/** Records judged and appended at a time: other requests get their turn in between. */
const sliceSize = 500;
const appendMilliseconds = 5_000;

export interface AcceptBatchDeps {
  log: EventLog;
  gauge: Pick<LogGauge, 'isFull'>;
  definitions: DefinitionCache;
  failedRecords: FailedRecordStore;
  recent: RecentEvents;
  metrics: Metrics;
}

export interface ReceivedBatch {
  source: KeyedSource;
  records: readonly RawRecord[];
  /** The place of the first record in what was sent; 0 if left out. */
  firstIndex?: number;
  /** When the request began: the time of events that have none. Now, if left out. */
  startedAt?: Date;
  requestId: string;
  logger: Logger;
}

export type AcceptBatch = (batch: ReceivedBatch) => Promise<IngestAnswer>;

/** @throws UNAVAILABLE when the log is full, or the log or the database is away. */
export function createBatchAcceptor(deps: AcceptBatchDeps): AcceptBatch {
  return async (batch) => {
    if (deps.gauge.isFull()) {
      throw new TributaryError(
        'UNAVAILABLE',
        'The log is full for now. Send the batch again later.',
      );
    }
    try {
      const { workspaceId, id } = batch.source;
      const { verdicts, refused, good, marks } = await judgeBatch(deps, batch);
      await deps.failedRecords.addRefused(workspaceId, id, refused, () => append(deps.log, good));
      deps.recent.remember(marks);
      const rejected = refused.length;
      const accepted = good.reduce((sum, slice) => sum + slice.length, 0);
      const duplicates = verdicts.length - accepted - rejected;
      count(deps.metrics, { records: verdicts.length, accepted, duplicates }, refused);
      return { accepted, duplicates, rejected, verdicts, requestId: batch.requestId };
    } catch (error) {
      batch.logger.error({ err: error }, 'could not take a batch');
      throw new TributaryError('UNAVAILABLE', 'Events cannot be taken now. Send the batch again.');
    }
  };
}

async function judgeBatch({ definitions, recent }: AcceptBatchDeps, batch: ReceivedBatch) {
  const { source, records, requestId, firstIndex = 0 } = batch;
  const now = new Date();
  const acceptedAt = now.toISOString();
  const origin = { sourceId: source.id, workspace: source.workspaceId, requestId, acceptedAt };
  const { validatorFor, unknownTypesOf } = await definitions.get(source.workspaceId);
  const refusesUnknownTypes = unknownTypesOf(source.id) === 'REJECT';
  const marks = new Map<string, number>();
  const options = {
    now,
    defaultTime: batch.startedAt ?? now,
    validatorFor,
    refusesUnknownTypes,
    recent,
    marks,
  };
  const verdicts: Verdict[] = [];
  const refused: RefusedRecord[] = [];
  const good: EventReceived[][] = [];
  for (let start = 0; start < records.length; start += sliceSize) {
    const slice = records.slice(start, start + sliceSize);
    const judged = judgeRecords(slice, firstIndex + start, origin, options);
    for (const verdict of judged.verdicts) verdicts.push(verdict);
    for (const record of judged.refused) refused.push(record);
    if (judged.good.length > 0) good.push(judged.good);
    await setImmediate();
  }
  return { verdicts, refused, good, marks };
}

async function append(log: EventLog, slices: readonly EventReceived[][]): Promise<void> {
  for (const events of slices) {
    await withDeadline(log.append(eventReceived, events), appendMilliseconds);
  }
}

function count(
  metrics: Metrics,
  { records, accepted, duplicates }: { records: number; accepted: number; duplicates: number },
  refused: readonly RefusedRecord[],
): void {
  metrics.ingestBatch.observe(records);
  metrics.accepted.inc(accepted);
  metrics.duplicates.inc(duplicates);
  for (const { stage } of refused) metrics.rejected.inc({ stage });
}
