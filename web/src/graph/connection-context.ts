import { createContext, use, useEffect, useEffectEvent, useSyncExternalStore } from 'react';
import type { ConnectionState, ConnectionStore } from './connection-store.ts';

export const ConnectionContext = createContext<ConnectionStore | null>(null);

function useConnectionStore(): ConnectionStore {
  const store = use(ConnectionContext);
  if (!store) throw new Error('ConnectionContext is missing.');
  return store;
}

export function useConnection(): ConnectionState {
  const store = useConnectionStore();
  return useSyncExternalStore(store.subscribe, store.current);
}

/** In milliseconds since the epoch; undefined unless updates have stalled. */
export function useStalledSince(): number | undefined {
  const store = useConnectionStore();
  return useSyncExternalStore(store.subscribe, store.stalledSince);
}

/** Runs, while mounted, when updates are lost that no subscription will bring: a page fetches anew. */
export function useOnMissed(run: () => void): void {
  const store = useConnectionStore();
  const onMissed = useEffectEvent(run);
  useEffect(() => store.onMissed(() => onMissed()), [store]);
}
