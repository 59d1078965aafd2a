import type { Readable } from 'node:stream';

/**
 * What comes of a body, until the signal says that no more is waited for. The body stays open then, so that
 * its sender can be told. @throws the signal's reason, or why the body broke off.
 */
export async function* chunksOf(body: Readable, signal: AbortSignal): AsyncGenerator<Buffer> {
  const chunks: AsyncIterator<Buffer> = body.iterator({ destroyOnReturn: false });
  try {
    for (;;) {
      const { done, value } = await unlessAborted(chunks.next(), signal);
      if (done) return;
      yield value;
    }
  } finally {
    // Not awaited: it would wait for a chunk that is still asked for.
    void chunks.return?.();
  }
}

/** A listener for each: of promises that race with one that lives on, that one keeps them all. */
function unlessAborted<Result>(work: Promise<Result>, signal: AbortSignal): Promise<Result> {
  const { promise, resolve, reject } = Promise.withResolvers<Result>();
  const abort = () => reject(signal.reason);
  signal.addEventListener('abort', abort, { once: true });
  if (signal.aborted) abort();
  void work.then(resolve, reject).finally(() => signal.removeEventListener('abort', abort));
  return promise;
}
