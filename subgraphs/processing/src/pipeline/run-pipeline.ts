import type { EventProcessed, EventReceived } from '@tributary/events';
import type { Failure, FailureStage } from './failure.ts';
import type { EventData } from './field-path.ts';
import { shownPath } from './shown-value.ts';
import type { Stage } from './stage.ts';
import type { Validator } from './validate.ts';

/** What a source's records go through: its schema for their type, then the published stages. */
export interface CompiledPipeline {
  validate: Validator | undefined;
  stages: readonly Stage[];
}

export type Outcome =
  | { kind: 'processed'; event: EventProcessed }
  | { kind: 'dropped' }
  | { kind: 'failed'; failure: Failure };

/** Takes one record through validate → transform → enrich → route. Pure; throws on no record. */
export function runPipeline(record: EventReceived, pipeline: CompiledPipeline): Outcome {
  try {
    const failure = pipeline.validate?.(record.data);
    return failure ? { kind: 'failed', failure } : runStages(record, pipeline.stages);
  } catch (error) {
    return { kind: 'failed', failure: unforeseen('VALIDATE', error) };
  }
}

function runStages(record: EventReceived, stages: readonly Stage[]): Outcome {
  let data: EventData = record.data;
  for (const stage of stages) {
    const result = stage(data);
    if (result.kind !== 'passed') return result;
    data = result.data;
  }
  const { deadletterid: _, ...event } = record;
  return { kind: 'processed', event: { ...event, data } };
}

/** A fault of ours: the record is parked with it, and the rest goes on. */
function unforeseen(stage: FailureStage, error: unknown): Failure {
  const message = error instanceof Error ? error.message : String(error);
  return { stage, field: null, reason: `could not be processed: ${shownPath([message])}` };
}
