export type FailureStage = 'ACCEPT' | 'VALIDATE' | 'TRANSFORM' | 'ENRICH' | 'ROUTE';

/** Why a record could not be processed: what a verdict and a dead letter say. */
export interface Failure {
  stage: FailureStage;
  /** Dotted path of the value that was refused, e.g. data.delay; null when it is the whole record. */
  field: string | null;
  reason: string;
  /** It may pass later: a server that was away, a record that had too little time. */
  retry?: boolean;
}
