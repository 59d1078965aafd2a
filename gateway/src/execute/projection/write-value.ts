import type { ConcretePath } from '../run/object-paths.ts';

/**
 * Writes a value of the result as JSON. `undefined` stands for a null where none may be: the next
 * nullable place above becomes null (https://spec.graphql.org/October2021/#sec-Handling-Field-Errors).
 */
export type WriteValue = (value: unknown, writing: Writing) => string | undefined;

/** One pass over a result. The first only notes that something is wrong; a second one says what and where. */
export interface Writing {
  flawed: boolean;
  trace: Trace | undefined;
}

export interface Trace {
  path: (string | number)[];
  flaws: Flaw[];
}

export interface Flaw {
  path: ConcretePath;
  /** What is wrong with the value, or who is refused. */
  reason: FlawReason;
}

export type FlawReason =
  | { kind: 'missing'; coordinate: string }
  | { kind: 'invalid'; coordinate: string }
  | { kind: 'denied'; denial: Denial };

/** Why a principal may not see a field. */
export interface Denial {
  code: 'UNAUTHENTICATED' | 'FORBIDDEN';
  message: string;
}

export function noteFlaw(writing: Writing, reason: FlawReason): void {
  writing.flawed = true;
  writing.trace?.flaws.push({ path: [...writing.trace.path], reason });
}
