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

/** Runs at every new connection while mounted, so that a page can fetch what it may have missed. */
export function useOnConnected(run: () => void): void {
  const store = useConnectionStore();
  const onConnected = useEffectEvent(run);
  useEffect(() => store.onConnected(() => onConnected()), [store]);
}
