import type { Operation } from '../topology/reference-answer.ts';
import { firstSeed } from '../topology/seed.ts';

/** What stands before and after the seed in a request's body. */
export type BodyTemplate = readonly [head: string, tail: string];

export function bodyTemplate(operation: Operation): BodyTemplate {
  const [head, tail, ...more] = JSON.stringify(operation).split(String(firstSeed));
  if (head === undefined || tail === undefined || more.length > 0) {
    throw new Error('An operation of the benchmark has exactly one seed.');
  }
  return [head, tail];
}

/** Answers one body after the other: all the same, or each with the next seed. */
export function createBodies([head, tail]: BodyTemplate, different: boolean): () => string {
  const same = head + firstSeed + tail;
  let seed = firstSeed;
  return different ? () => head + ++seed + tail : () => same;
}
