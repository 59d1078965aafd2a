import type { FailureStage } from '../pipeline/failure.ts';

/** Which dead letters are meant; what is left out or null says nothing. */
export interface DeadLetterFilter {
  sourceId?: string | null | undefined;
  stage?: FailureStage | null | undefined;
  /** A reason without the value that came, and with it the field: null for the record as a whole. */
  cause?: string | null | undefined;
  field?: string | null | undefined;
}

/** A reason is “what was expected, got what came”: letters of one cause differ in what came. */
export const causeOfReason = `split_part(reason, ', got ', 1)`;

/** Beside the workspace, which is the first value; `filterValues` are the second to the fifth. */
export const matchesFilter = `($2::uuid IS NULL OR source_id = $2)
  AND ($3::pipeline_stage IS NULL OR stage = $3)
  AND ($4::text IS NULL OR (${causeOfReason} = $4 AND field IS NOT DISTINCT FROM $5::text))`;

export function filterValues({ sourceId, stage, cause, field }: DeadLetterFilter): unknown[] {
  return [sourceId ?? null, stage ?? null, cause ?? null, field ?? null];
}
