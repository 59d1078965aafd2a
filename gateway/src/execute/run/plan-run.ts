import type { Context } from '../../context.ts';
import type { ResultError } from '../result-error.ts';
import type { ResultObject } from '../result-object.ts';
import type { FetchQueue } from './fetch-queue.ts';

/** What one execution of a plan reads and fills. */
export interface PlanRun {
  context: Context;
  queue: FetchQueue;
  /** The client's variables with their defaults, for the plan's conditions. */
  variables: Readonly<Record<string, unknown>>;
  root: ResultObject;
  errors: ResultError[];
  /** Says a subgraph's error the way clients may know it. */
  explain: ExplainError;
}

/** A message for clients, and what is logged is logged. */
export type ExplainError = (subgraph: string, error: unknown) => ResultError;
