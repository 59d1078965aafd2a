/**
 * A body that is taken batch by batch while it comes. Where it ends early, what was taken stays taken: the
 * answer is the problem, and beside it the verdicts so far. Sent again, events that carry their time count once.
 */
import type { Readable } from 'node:stream';
import { TributaryError } from '@tributary/errors';
import type { AcceptBatch, ReceivedBatch } from './accept-batch.ts';
import { bodyFault } from './body-fault.ts';
import { readLines } from './read-lines.ts';
import type { IngestAnswer } from './verdict.ts';

/** The body ended early, after some of it was taken. */
export class StreamStopped extends TributaryError {
  readonly taken: IngestAnswer;

  constructor(cause: TributaryError, taken: IngestAnswer) {
    super(cause.code, cause.message);
    this.taken = taken;
  }
}

/** What a stream is taken with; its `signal` says that no more of the body is waited for. */
export interface StreamOptions extends Omit<ReceivedBatch, 'records'> {
  acceptBatch: AcceptBatch;
  signal: AbortSignal;
}

/** @throws StreamStopped; without verdicts the cause itself: INVALID_INPUT, INVALID_JSON, TOO_LARGE, TOO_SLOW or UNAVAILABLE. */
export async function takeStream(
  body: Readable,
  { acceptBatch, signal, ...batch }: StreamOptions,
): Promise<IngestAnswer> {
  const { requestId } = batch;
  const answer: IngestAnswer = { accepted: 0, duplicates: 0, rejected: 0, verdicts: [], requestId };
  const startedAt = new Date();
  try {
    for await (const records of readLines(body, signal)) {
      if (records.length === 0) continue;
      const firstIndex = answer.verdicts.length;
      add(answer, await acceptBatch({ ...batch, records, firstIndex, startedAt }));
    }
  } catch (error) {
    const cause = bodyFault(error);
    if (!cause || answer.verdicts.length === 0) throw cause ?? error;
    throw new StreamStopped(cause, answer);
  }
  if (answer.verdicts.length > 0) return answer;
  throw new TributaryError('INVALID_INPUT', 'Expected at least one event, got an empty batch.');
}

function add(sum: IngestAnswer, part: IngestAnswer): void {
  sum.accepted += part.accepted;
  sum.duplicates += part.duplicates;
  sum.rejected += part.rejected;
  for (const verdict of part.verdicts) sum.verdicts.push(verdict);
}
