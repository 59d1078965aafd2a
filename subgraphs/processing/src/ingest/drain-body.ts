import type { IncomingMessage } from 'node:http';

const mostBytes = 33_554_432;
const mostMilliseconds = 10_000;

/**
 * Reads what is left of a refused body and forgets it, up to 32 MB and ten seconds: an answer that comes
 * while the client still writes is lost to a connection reset on many clients.
 * What unpacked the body is let go: nobody reads it any more, so it would hold up the rest.
 */
export async function drainBody(request: IncomingMessage): Promise<void> {
  // A small body may have come whole, and of a sender that is gone nothing comes: their end has passed.
  if (request.complete || request.destroyed) return;
  const done = Promise.withResolvers<void>();
  const timer = setTimeout(done.resolve, mostMilliseconds);
  let bytes = 0;
  request.on('data', (chunk: Buffer) => {
    bytes += chunk.length;
    if (bytes > mostBytes) done.resolve();
  });
  for (const end of ['end', 'close', 'error']) request.once(end, () => done.resolve());
  request.unpipe().resume();
  await done.promise;
  clearTimeout(timer);
}
