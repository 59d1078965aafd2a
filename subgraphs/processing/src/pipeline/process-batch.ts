/**
 * Guarantee: every record of events.received reaches events.processed at least once, or is dropped by a
 * route, or is a dead letter exactly once, before the position moves past it. A crash between append and
 * transaction repeats the append; the sink drops the repeats by (workspace, source, event id, time).
 */
import type { Batch, EventLog } from '@tributary/event-log';
import { type EventReceived, eventProcessed } from '@tributary/events';
import type { Metrics } from '../metrics.ts';
import type { FailedRecordStore } from '../stores/failed-record-store.ts';
import { type BatchTally, createTally, talliesOf, tallyOutcome } from './batch-tally.ts';
import type { CompiledDefinitions, DefinitionCache } from './definitions.ts';
import type { RunRecords } from './run-records.ts';
import type { TakeSamples } from './take-samples.ts';

/** Records run and appended at a time, so that requests get their turn and log entries stay small. */
const sliceSize = 1_000;

export interface ProcessBatchDeps {
  log: EventLog;
  definitions: DefinitionCache;
  failedRecords: FailedRecordStore;
  runRecords: RunRecords;
  takeSamples: TakeSamples;
  metrics: Metrics;
}

export function createBatchProcessor(deps: ProcessBatchDeps) {
  async function processSlice(
    records: readonly EventReceived[],
    definitions: ReadonlyMap<string, CompiledDefinitions>,
    tally: BatchTally,
  ): Promise<void> {
    const jobs = records.map((record) => ({
      record,
      pipeline: definitions.get(record.workspace)?.pipelineFor(record.sourceid, record.type) ?? {
        validate: undefined,
        stages: [],
      },
    }));
    const outcomes = await deps.runRecords(jobs);
    records.forEach((record, index) => {
      tallyOutcome(record, outcomes[index], tally);
    });
    const events = outcomes.flatMap((outcome) =>
      outcome.kind === 'processed' ? [outcome.event] : [],
    );
    if (events.length > 0) await deps.log.append(eventProcessed, events);
    tally.processed += events.length;
  }

  return async ({ records, advances }: Batch<EventReceived>): Promise<void> => {
    const stopTimer = deps.metrics.pipelineBatch.startTimer();
    const definitions = await definitionsOf(records, deps.definitions);
    const tally = createTally();
    for (let start = 0; start < records.length; start += sliceSize) {
      await processSlice(records.slice(start, start + sliceSize), definitions, tally);
    }
    const { failed, replayed } = tally;
    await deps.failedRecords.settle({ failed, replayed, advances, tallies: talliesOf(tally) });
    deps.takeSamples(records);
    count(deps.metrics, tally);
    stopTimer();
  };
}

/** Of every workspace in the batch; as they are now where somebody waits for a replay. */
async function definitionsOf(records: readonly EventReceived[], cache: DefinitionCache) {
  const workspaces = new Set(records.map((record) => record.workspace));
  const replaying = new Set(
    records.filter((record) => record.deadletterid).map((record) => record.workspace),
  );
  const read = async (workspace: string) =>
    [
      workspace,
      await (replaying.has(workspace) ? cache.refresh(workspace) : cache.get(workspace)),
    ] as const;
  return new Map(await Promise.all([...workspaces].map(read)));
}

function count(metrics: Metrics, tally: BatchTally): void {
  metrics.processed.inc(tally.processed);
  metrics.dropped.inc(tally.dropped);
  for (const { stage } of tally.failed) metrics.deadLettered.inc({ stage });
}
