/** Of its memory, what a server needs that has other things to hold too. */
const share = 0.9;

/**
 * What the log's server may hold, in bytes, before nothing more is put on it: what was set, or less where the
 * server itself would soon refuse what anybody wants to write.
 */
export function mostHeld(mostBytes: number, limit: number): number {
  return Math.min(mostBytes, limit * share);
}
