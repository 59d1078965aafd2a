/** When the log holds no less after so long, what it holds is not the import's to wait for. */
const patienceMilliseconds = 30_000;

export interface LogRoomOptions {
  /** What an import may add to what the log held at its least. */
  mostAdded: number;
  /** What the log may hold in any case. */
  most: number;
}

/**
 * Whether there is room in the log for more of an import, by what it holds in memory at each look.
 * Consumers further on, which this service cannot see, show by it that they are behind.
 */
export function createLogRoom({ mostAdded, most }: LogRoomOptions) {
  let least = Number.POSITIVE_INFINITY;
  let lastLess = 0;
  let before = 0;
  return {
    hasRoom(bytes: number, now: number): boolean {
      if (bytes < before) lastLess = now;
      before = bytes;
      least = Math.min(least, bytes);
      if (bytes > most) return false;
      if (bytes <= least + mostAdded) {
        lastLess = now;
        return true;
      }
      if (now - lastLess < patienceMilliseconds) return false;
      least = bytes;
      lastLess = now;
      return true;
    },
  };
}
