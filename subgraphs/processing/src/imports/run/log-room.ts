/** When the log holds no less after so long, what it holds is not the import's to wait for. */
const patienceMilliseconds = 30_000;

export interface LogRoomOptions {
  /** What an import may add to what the log held at its least. */
  mostAdded: number;
  /** How old the oldest event that waits for the pipeline may be. */
  mostLagMilliseconds: number;
  /** How old the oldest event that waits for consumers further on may be. */
  mostBacklogMilliseconds: number;
}

/** What was seen at a look. */
export interface LogLook {
  /** What the log's server holds in memory, in bytes, and may hold before nothing streams in any more. */
  held: number;
  most: number;
  lagMilliseconds: number;
  backlogMilliseconds: number;
}

/** What an import waits for: that others take events, or that the log's server holds less. */
export type Awaited = 'PIPELINE' | 'STORES' | 'MEMORY';

/**
 * Whether there is room in the log for a batch of an import. Consumers further on, which this service cannot
 * see, show that they are behind by what they note, and sooner by what the log holds.
 */
export function createLogRoom(options: LogRoomOptions) {
  const { mostAdded, mostLagMilliseconds, mostBacklogMilliseconds } = options;
  /** At its least: what others keep there, as far as anybody can tell. */
  let lowest = Number.POSITIVE_INFINITY;
  /** The same, but for what was waited for in vain. */
  let least = Number.POSITIVE_INFINITY;
  /** At its least in this wait, and when that was. */
  let low = Number.POSITIVE_INFINITY;
  let lowAt = 0;
  let lastBatch: number | undefined;

  /** That it holds no less says nothing while somebody is behind. */
  function note({ held, lagMilliseconds, backlogMilliseconds }: LogLook, now: number): void {
    lastBatch ??= now;
    lowest = Math.min(lowest, held);
    least = Math.min(least, held);
    const isBehind =
      lagMilliseconds > mostLagMilliseconds || backlogMilliseconds > mostBacklogMilliseconds;
    if (held >= low && !isBehind) return;
    low = held;
    lowAt = now;
  }

  /** While they are behind a batch goes now and then all the same: without news nobody notes anything. */
  function awaitedAt(look: LogLook, now: number): Awaited | undefined {
    const { held, most, lagMilliseconds, backlogMilliseconds } = look;
    if (lagMilliseconds > mostLagMilliseconds) return 'PIPELINE';
    // Of what others leave free, half is for what streams in.
    if (held > (lowest + most) / 2) return 'MEMORY';
    if (backlogMilliseconds > mostBacklogMilliseconds) {
      return now - (lastBatch ?? now) < patienceMilliseconds ? 'STORES' : undefined;
    }
    if (held <= least + mostAdded) return undefined;
    return now - lowAt < patienceMilliseconds ? 'MEMORY' : undefined;
  }

  return {
    /** To be told of each look; undefined when a batch may go, which then counts as gone. */
    awaited(look: LogLook, now: number): Awaited | undefined {
      note(look, now);
      const awaited = awaitedAt(look, now);
      if (awaited) return awaited;
      if (look.held > least + mostAdded) least = look.held;
      low = Number.POSITIVE_INFINITY;
      lastBatch = now;
      return undefined;
    },
  };
}
