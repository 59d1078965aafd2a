/**
 * Whether what happens now arrives, for people to see: `connecting` until the first subscription is
 * live, `stalled` from any loss, here or behind the gateway, and `catching up` until what was missed
 * has arrived.
 */
export type ConnectionState = 'connecting' | 'live' | 'stalled' | 'catching up';

export type ConnectionStore = ReturnType<typeof createConnectionStore>;

/** Where a subscription stands, as the gateway says it in a result's extensions. */
export interface Standing {
  state: 'LIVE' | 'STALLED';
  /** ISO 8601. */
  since?: string;
}

export function createConnectionStore() {
  const listeners = new Set<() => void>();
  const missedListeners = new Set<() => void>();
  let state: ConnectionState = 'connecting';
  let stalledSince: number | undefined;

  function move(next: ConnectionState, since?: number): void {
    if (next === state) return;
    state = next;
    stalledSince = since;
    for (const listener of listeners) listener();
  }

  return {
    current: (): ConnectionState => state,
    /** In milliseconds since the epoch; undefined unless it is stalled. */
    stalledSince: (): number | undefined => stalledSince,
    subscribe(listener: () => void): () => void {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    /** Called when updates are lost that no subscription will bring. */
    onMissed(listener: () => void): () => void {
      missedListeners.add(listener);
      return () => missedListeners.delete(listener);
    },
    missed(): void {
      for (const listener of missedListeners) listener();
    },
    connected(): void {
      if (state === 'stalled') move('catching up');
    },
    stands({ state: standing, since }: Standing): void {
      if (standing === 'LIVE') move('live');
      else move('stalled', since === undefined ? Date.now() : Date.parse(since));
    },
    lost(): void {
      if (state !== 'connecting') move('stalled', Date.now());
    },
    reset(): void {
      move('connecting');
    },
  };
}
