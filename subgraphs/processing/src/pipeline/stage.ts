import type { EventReceived } from '@tributary/events';
import type { Failure, FailureStage } from './failure.ts';
import type { EventData } from './field-path.ts';
import type { HttpRequest } from './http-lookups.ts';

/** What expressions read as `event`: its attributes as it came, with the type that a route gave it. */
export type EventFacts = Readonly<EventReceived>;

/** What a stage makes of an event's data. */
export type StageResult =
  | { kind: 'passed'; data: EventData; type?: string }
  | { kind: 'dropped' }
  | { kind: 'failed'; failure: Failure }
  /** Ambiguous: somebody is to look at it. */
  | { kind: 'held'; failure: Failure }
  /** Needs an answer that is not there yet; the record is run again when it is. */
  | { kind: 'waiting'; request: HttpRequest };

/** A compiled stage: pure, and never throwing on any data. */
export type Stage = ((data: EventData, event: EventFacts) => StageResult) & {
  /** What a fault within it is told as. */
  at?: FailureStage;
  /** What people wrote decides how long it takes; others copy an event's fields, and no more. */
  hasExpression?: boolean;
};
