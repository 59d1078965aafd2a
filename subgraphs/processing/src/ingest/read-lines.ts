/**
 * An NDJSON body → batches of raw records, while it comes. Nothing is read while a batch is taken, so the
 * sender is held up as the log is. A faulty line is that record's verdict; what came before an end stands.
 */
import type { Readable } from 'node:stream';
import { TributaryError } from '@tributary/errors';
import { chunksOf } from './body-chunks.ts';
import { createLineCutter, type LineCutter } from './line-cutter.ts';
import { assertFewRecords, longestRecord, type RawRecord, readRecord } from './read-batch.ts';

/** What is held of a body at a time; parsed, it takes some ten times that. */
const batchBytes = 1_048_576;
/** Of a sender that takes its time, what came is taken meanwhile. */
const patienceMilliseconds = 200;
/** Unpacked. As many records as an answer may tell of have room in it, at a kilobyte each. */
const largestStream = 268_435_456;

/**
 * Every line that came whole is in a batch before this throws.
 * @throws TOO_LARGE, the signal's reason, or why the body broke off.
 */
export async function* readLines(body: Readable, signal: AbortSignal): AsyncGenerator<RawRecord[]> {
  const chunks = chunksOf(body, signal);
  const cutter = createLineCutter({ longest: longestRecord });
  const take = createRecordTaker(cutter);
  let ending: { error: unknown } | undefined;
  try {
    let received = 0;
    for (let coming = nextOf(chunks); ; ) {
      const step = await (cutter.held > 0 ? unlessLate(coming) : coming);
      if (step?.done) break;
      if (step) {
        received += step.value.length;
        if (received > largestStream) throw tooLarge();
        cutter.push(step.value);
      }
      if (!step || cutter.held >= batchBytes) yield take();
      if (step) coming = nextOf(chunks);
    }
    cutter.end();
  } catch (error) {
    ending = { error };
  } finally {
    // Not awaited: it would wait for a chunk that is still asked for.
    void chunks.return(undefined);
  }
  yield take();
  if (ending) throw ending.error;
}

/** Lines as records, without the byte order mark before the first. @throws TOO_LARGE when there are too many lines in all. */
function createRecordTaker(cutter: LineCutter): () => RawRecord[] {
  let isBegun = false;
  return () => {
    assertFewRecords(cutter.count);
    const lines = cutter.take();
    const [first] = lines;
    if (!isBegun && first?.text.startsWith('\ufeff')) first.text = first.text.slice(1);
    isBegun ||= lines.length > 0;
    return lines.map(({ text, fault }) =>
      fault === undefined ? readRecord(text) : { text, fault },
    );
  };
}

/** Its failure is told to whoever waits for it, and to nobody while a batch is taken. */
function nextOf(chunks: AsyncGenerator<Buffer>): Promise<IteratorResult<Buffer>> {
  const coming = chunks.next();
  coming.catch(() => {});
  return coming;
}

async function unlessLate<Result>(coming: Promise<Result>): Promise<Result | undefined> {
  const late = Promise.withResolvers<undefined>();
  const timer = setTimeout(late.resolve, patienceMilliseconds, undefined);
  try {
    return await Promise.race([coming, late.promise]);
  } finally {
    clearTimeout(timer);
  }
}

function tooLarge(): TributaryError {
  return new TributaryError('TOO_LARGE', 'The body is larger than 256 MB. Send it in parts.');
}
