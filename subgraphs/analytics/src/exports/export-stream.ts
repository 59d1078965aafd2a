import { Readable } from 'node:stream';
import { setImmediate } from 'node:timers/promises';
import type { ExportedEvent } from '../stores/export-store.ts';
import type { ExportWriter } from './write/export-writer.ts';

export interface ExportStreamOptions {
  pages: AsyncGenerator<ExportedEvent[]>;
  writer: ExportWriter;
  /** How long a piece, 256 KB at most, may wait for its reader. */
  patienceMilliseconds: number;
  onEvents: (count: number) => void;
}

const pieceBytes = 262_144;

/** Nobody takes what is there for them. */
export class ReaderTooSlow extends Error {
  constructor(milliseconds: number) {
    super(`the reader took nothing for ${milliseconds} ms`);
    this.name = 'ReaderTooSlow';
  }
}

/**
 * A file in pieces: the next page is read when the last one has been taken. What fails on the way destroys the
 * stream instead of ending it, so that nobody takes a part for the whole.
 */
export function createExportStream(options: ExportStreamOptions): Readable {
  const { patienceMilliseconds } = options;
  const stream: Readable = Readable.from(
    whileTaken(piecesOf(options), patienceMilliseconds, (error) => stream.destroy(error)),
    { objectMode: false },
  );
  return stream;
}

async function* piecesOf({
  pages,
  writer,
  onEvents,
}: ExportStreamOptions): AsyncGenerator<Uint8Array> {
  yield* cut(writer.begin());
  for await (const page of pages) {
    for (const some of slices(page, writer.eventsAtATime)) {
      const written = writer.write(some);
      onEvents(some.length);
      yield* cut(written);
      // Whoever else needs the process: a fast reader alone would not let them.
      await setImmediate();
    }
  }
  yield* cut(writer.end());
}

function* slices<Item>(all: readonly Item[], length: number): Generator<Item[]> {
  for (let start = 0; start < all.length; start += length) yield all.slice(start, start + length);
}

/** Of a size that a slow reader takes while we wait. */
function* cut(written: string | Uint8Array): Generator<Uint8Array> {
  const bytes = typeof written === 'string' ? Buffer.from(written) : written;
  for (let start = 0; start < bytes.length; start += pieceBytes) {
    yield bytes.subarray(start, start + pieceBytes);
  }
}

/** The time during which we look for the next piece is ours: only that of the reader is limited. */
async function* whileTaken(
  pieces: AsyncGenerator<Uint8Array>,
  milliseconds: number,
  giveUp: (error: Error) => void,
): AsyncGenerator<Uint8Array> {
  for await (const piece of pieces) {
    const timer = setTimeout(() => giveUp(new ReaderTooSlow(milliseconds)), milliseconds);
    try {
      yield piece;
    } finally {
      clearTimeout(timer);
    }
  }
}
