/**
 * Ends bodies that come too slowly: what is held for one would be held for as long as its sender likes.
 * A sender has a patience, which waiting for it uses up and what comes of it gives back. Time during which
 * the sender waits for us is not counted against it.
 */
import type { IncomingMessage } from 'node:http';
import { TributaryError } from '@tributary/errors';

/** In a patience: a look that comes late costs a sender no more than one in time. */
const looks = 60;

export interface PaceOptions {
  /** How long nothing may come at most. */
  patienceMilliseconds: number;
  /** How much, on the wire, gives a second of patience back. */
  leastBytesPerSecond: number;
}

export interface PacedBody {
  /** Aborted with TOO_SLOW. */
  signal: AbortSignal;
  /** It is over, however it ended. */
  stop(): void;
}

export interface BodyPace {
  watch(request: IncomingMessage): PacedBody;
  stop(): Promise<void>;
}

export function startBodyPace({
  patienceMilliseconds,
  leastBytesPerSecond,
}: PaceOptions): BodyPace {
  const everyMilliseconds = patienceMilliseconds / looks;
  const bytesPerLook = (leastBytesPerSecond * everyMilliseconds) / 1_000;
  const bodies = new Set<() => void>();
  const timer = setInterval(() => {
    for (const look of bodies) look();
  }, everyMilliseconds);

  return {
    watch(request) {
      const slow = new AbortController();
      // Its own field is emptied where unpacking fails.
      const { socket } = request;
      let before = socket.bytesRead;
      let left = looks;
      const look = () => {
        const { bytesRead } = socket;
        left = Math.min(looks, left + (bytesRead - before) / bytesPerLook);
        before = bytesRead;
        if (request.complete || request.destroyed) bodies.delete(look);
        // What has come and is not taken yet waits for us.
        else if (request.readableLength === 0) left -= 1;
        if (left > 0) return;
        bodies.delete(look);
        slow.abort(tooSlow(leastBytesPerSecond));
      };
      bodies.add(look);
      return { signal: slow.signal, stop: () => void bodies.delete(look) };
    },
    async stop() {
      clearInterval(timer);
    },
  };
}

function tooSlow(leastBytesPerSecond: number): TributaryError {
  return new TributaryError(
    'TOO_SLOW',
    `Expected at least ${leastBytesPerSecond} bytes a second of the body, less came. Send the rest in a request of its own.`,
  );
}
