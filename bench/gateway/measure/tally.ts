import { isDeepStrictEqual } from 'node:util';
import type { Exchange } from './connection.ts';

/** One in so many answers is compared byte by byte; the others by status and length. */
const sampleEvery = 50;

export interface Verdict {
  right: number;
  wrong: number;
  /** Requests without an answer. */
  failed: number;
  /** The beginning of the first wrong answer, or else what the first failure was. */
  trouble: string | undefined;
}

export interface Tally {
  /** Counts an answer, and says whether it is right. */
  answer(exchange: Exchange): boolean;
  failure(error: unknown): void;
  verdict(): Verdict;
}

/** Compares answers with the data that is right: the first in full, then as said above. */
export function createTally(expected: unknown): Tally {
  const counts = { right: 0, wrong: 0, failed: 0 };
  let known: Buffer | undefined;
  let firstWrong: string | undefined;
  let firstFailure: string | undefined;

  function isRight({ status, body, bytes }: Exchange): boolean {
    if (status !== 200) return false;
    const sampled = counts.right % sampleEvery === 0;
    if (known && !sampled && bytes === known.length) return true;
    const whole = Buffer.concat(body);
    if (known?.equals(whole)) return true;
    if (!holds(whole, expected)) return false;
    known = whole;
    return true;
  }

  function answer(exchange: Exchange): boolean {
    const right = isRight(exchange);
    counts[right ? 'right' : 'wrong'] += 1;
    if (!right) firstWrong ??= beginning(exchange);
    return right;
  }

  function failure(error: unknown): void {
    firstFailure ??= error instanceof Error ? error.message : String(error);
    counts.failed += 1;
  }

  return { answer, failure, verdict: () => ({ ...counts, trouble: firstWrong ?? firstFailure }) };
}

const beginning = ({ status, body }: Exchange): string =>
  `status ${status}: ${Buffer.concat(body).toString().slice(0, 300)}`;

function holds(bytes: Buffer, expected: unknown): boolean {
  try {
    const { data, errors } = JSON.parse(bytes.toString());
    return errors === undefined && isDeepStrictEqual(data, expected);
  } catch {
    return false;
  }
}
