import { useEffect, useEffectEvent } from 'react';

/** Asks again when the reader comes back to the tab; for pages whose figures nothing pushes. */
export function useRefetchOnReturn(refetch: () => Promise<unknown>): void {
  const onReturn = useEffectEvent(() => {
    if (document.visibilityState === 'visible') refetch().catch(() => {});
  });
  useEffect(() => {
    const listen = () => onReturn();
    document.addEventListener('visibilitychange', listen);
    return () => document.removeEventListener('visibilitychange', listen);
  }, []);
}
