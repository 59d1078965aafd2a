/**
 * What the WebSocket is doing, for people to see: `connecting` until the first connection,
 * `reconnecting` from any loss until the next one.
 */
export type ConnectionState = 'connecting' | 'live' | 'reconnecting';

export type ConnectionStore = ReturnType<typeof createConnectionStore>;

export function createConnectionStore() {
  const listeners = new Set<() => void>();
  const connectedListeners = new Set<() => void>();
  let state: ConnectionState = 'connecting';

  function move(next: ConnectionState): void {
    if (next === state) return;
    state = next;
    for (const listener of listeners) listener();
  }

  return {
    current: (): ConnectionState => state,
    subscribe(listener: () => void): () => void {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    /** Called at every new connection: updates sent before it may have been missed. */
    onConnected(listener: () => void): () => void {
      connectedListeners.add(listener);
      return () => connectedListeners.delete(listener);
    },
    connected(): void {
      move('live');
      for (const listener of connectedListeners) listener();
    },
    lost(): void {
      if (state === 'live') move('reconnecting');
    },
    reset(): void {
      move('connecting');
    },
  };
}
