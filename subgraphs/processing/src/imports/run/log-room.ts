/** When the log holds no less after so long, what it holds is not the import's to wait for. */
const patienceMilliseconds = 30_000;

export interface LogRoomOptions {
  /** What an import may add to what the log held at its least. */
  mostAdded: number;
  /** How old the oldest event that waits for consumers further on may be. */
  mostBacklogMilliseconds: number;
}

/** What was seen at a look. */
export interface LogLook {
  /** What the log holds in memory, in bytes, and may hold in any case. */
  held: number;
  most: number;
  backlogMilliseconds: number;
}

/**
 * Whether there is room in the log for a batch of an import. Consumers further on, which this service cannot
 * see, show that they are behind by what they note, and sooner by what the log holds.
 */
export function createLogRoom({ mostAdded, mostBacklogMilliseconds }: LogRoomOptions) {
  let least = Number.POSITIVE_INFINITY;
  let lastLess = 0;
  let before = 0;
  let lastBatch: number | undefined;

  /** While they are behind a batch goes now and then all the same: without news nobody notes anything. */
  function maySend({ held, most, backlogMilliseconds }: LogLook, now: number): boolean {
    lastBatch ??= now;
    if (held > most) return false;
    if (backlogMilliseconds > mostBacklogMilliseconds) {
      return now - lastBatch >= patienceMilliseconds;
    }
    if (held > least + mostAdded && now - lastLess < patienceMilliseconds) return false;
    if (held > least + mostAdded) least = held;
    lastLess = now;
    return true;
  }

  return {
    hasRoom(look: LogLook, now: number): boolean {
      if (look.held < before) lastLess = now;
      before = look.held;
      least = Math.min(least, look.held);
      const isRoom = maySend(look, now);
      if (isRoom) lastBatch = now;
      return isRoom;
    },
  };
}
