import type { Readable } from 'node:stream';
import { TributaryError } from '@tributary/errors';
import { chunksOf } from './body-chunks.ts';
import { bodyFault } from './body-fault.ts';

/** What a body may hold, unpacked, unless it is a stream. */
export const largestBody = 10_485_760;

/** A body that is judged as a whole. @throws TOO_LARGE, INVALID_JSON where it broke off, or the signal's reason. */
export async function readWhole(body: Readable, signal: AbortSignal): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let received = 0;
  try {
    for await (const chunk of chunksOf(body, signal)) {
      received += chunk.length;
      if (received > largestBody) throw tooLarge();
      chunks.push(chunk);
    }
  } catch (error) {
    throw bodyFault(error) ?? error;
  }
  return Buffer.concat(chunks, received);
}

/** Of a body that says how long it is this is said before any of it is read. */
export function tooLarge(): TributaryError {
  return new TributaryError('TOO_LARGE', 'The body is larger than 10 MB. Send it in parts.');
}
