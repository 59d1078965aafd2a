import type { EventProcessed, EventReceived } from '@tributary/events';
import type { Failure, FailureStage } from './failure.ts';
import type { EventData } from './field-path.ts';
import { messageOf } from './message-of.ts';
import type { Stage, StageResult } from './stage.ts';
import { type UnknownTypes, unknownType } from './unknown-types.ts';
import type { Validator } from './validate.ts';

/** What a source's records go through: its schema for their type, then the published stages. */
export interface CompiledPipeline {
  validate: Validator | undefined;
  stages: readonly Stage[];
  /** Matters where there is no schema. */
  unknownTypes?: UnknownTypes;
}

export type Outcome =
  | { kind: 'processed'; event: EventProcessed }
  | Exclude<StageResult, { kind: 'passed' }>;

/** Where a record is on its way, for whoever has to say where it was stopped. */
export interface Trace {
  at: FailureStage;
}

/** Takes one record through its schema and the stages. Pure but for `trace`; throws on no record. */
export function runPipeline(
  record: EventReceived,
  pipeline: CompiledPipeline,
  trace: Trace = { at: 'VALIDATE' },
): Outcome {
  trace.at = 'VALIDATE';
  try {
    const stopped = validate(record, pipeline);
    return stopped ?? runStages(record, pipeline.stages, trace);
  } catch (error) {
    return { kind: 'failed', failure: unforeseen(trace.at, error) };
  }
}

/** Events that somebody has approved pass even if their type is unknown. */
function validate(record: EventReceived, pipeline: CompiledPipeline): Outcome | undefined {
  const { validate: check, unknownTypes = 'ACCEPT' } = pipeline;
  if (!check) {
    if (unknownTypes === 'ACCEPT' || record.approved === true) return undefined;
    const failure = unknownType(record.type, 'VALIDATE');
    return { kind: unknownTypes === 'QUARANTINE' ? 'held' : 'failed', failure };
  }
  const failure = check(record.data);
  return failure && { kind: 'failed', failure };
}

function runStages(record: EventReceived, stages: readonly Stage[], trace: Trace): Outcome {
  let event = record;
  let data: EventData = record.data;
  for (const stage of stages) {
    trace.at = stage.at ?? trace.at;
    const result = stage(data, event);
    if (result.kind !== 'passed') return result;
    data = result.data;
    if (result.type !== undefined) event = { ...event, type: result.type };
  }
  return { kind: 'processed', event: toProcessed(event, data) };
}

/** Without what only the pipeline wants to know. Written out: a copy of the rest costs as much as a stage. */
function toProcessed(event: EventReceived, data: EventData): EventProcessed {
  const { specversion, id, source, type, time, subject } = event;
  const { workspace, sourceid, acceptedat, requestid } = event;
  return {
    specversion,
    id,
    source,
    type,
    time,
    ...(subject !== undefined && { subject }),
    workspace,
    sourceid,
    acceptedat,
    requestid,
    data,
  };
}

/** A fault of ours: the record is parked with it, and the rest goes on. */
function unforeseen(stage: FailureStage, error: unknown): Failure {
  return { stage, field: null, reason: `could not be processed: ${messageOf(error)}` };
}
