/** Says what an import waits for, so that one that gets nowhere does not do so in silence. */
import type { Awaited } from './log-room.ts';

const untoldMilliseconds = 60_000;
/** Some of waiting is in the way of an import, which is as fast as what is behind it. */
const shortMilliseconds = 10_000;

const sentences = {
  PIPELINE: 'Waits for the pipeline, which is behind with the events before it.',
  STORES:
    'Waits for analytics and notifications: one of them is away or behind with the events before it. Until then a batch goes every half minute.',
  MEMORY:
    'Waits for memory: the log’s server holds so much that more would leave streamed events no room (EVENT_LOG_MOST_BYTES, maxmemory).',
} as const satisfies Record<Awaited, string>;

/** `tell` is called with a sentence, and with null once that is over; `told` is what was last told, by anybody. */
export function createToldWait(
  tell: (reason: string | null) => Promise<void>,
  told: string | null,
) {
  let slowSince: number | undefined;
  let waitsSince: number | undefined;

  async function say(reason: string | null): Promise<void> {
    if (told === reason) return;
    told = reason;
    await tell(reason);
  }

  return {
    async waits(awaited: Awaited, now: number): Promise<void> {
      waitsSince ??= now;
      slowSince ??= now;
      if (now - slowSince >= untoldMilliseconds) await say(sentences[awaited]);
    },
    /** A batch goes. After a long wait that is one now and then, so the import is slow still. */
    async goesOn(now: number): Promise<void> {
      const waited = now - (waitsSince ?? now);
      waitsSince = undefined;
      if (waited >= shortMilliseconds) return;
      slowSince = undefined;
      await say(null);
    },
  };
}

export type ToldWait = ReturnType<typeof createToldWait>;
