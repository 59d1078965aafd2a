import { isDeepStrictEqual } from 'node:util';
import type { Exchange } from './connection.ts';

/** One in so many answers is compared byte by byte; the others by status and length. */
const sampleEvery = 50;

export interface AnswerCheck {
  isRight(exchange: Exchange): boolean;
  /** The beginning of the first wrong answer. */
  firstWrong(): string | undefined;
}

/** Compares with the data that is right: the first answer in full, then as said above. */
export function createAnswerCheck(expected: unknown): AnswerCheck {
  let known: Buffer | undefined;
  let wrong: string | undefined;
  let seen = 0;

  function isRight(exchange: Exchange): boolean {
    seen += 1;
    const sampled = seen % sampleEvery === 0;
    if (known && !sampled && exchange.status === 200 && exchange.bytes === known.length)
      return true;
    const bytes = Buffer.concat(exchange.body);
    if (exchange.status === 200 && known?.equals(bytes)) return true;
    if (exchange.status === 200 && holds(bytes, expected)) {
      known = bytes;
      return true;
    }
    wrong ??= `status ${exchange.status}: ${bytes.toString().slice(0, 300)}`;
    return false;
  }

  return { isRight, firstWrong: () => wrong };
}

function holds(bytes: Buffer, expected: unknown): boolean {
  try {
    const { data, errors } = JSON.parse(bytes.toString());
    return errors === undefined && isDeepStrictEqual(data, expected);
  } catch {
    return false;
  }
}
