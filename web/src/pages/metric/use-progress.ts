import { useEffect } from 'react';

interface Polling {
  startPolling: (milliseconds: number) => void;
  stopPolling: () => void;
}

/** Asks each second while stored events are being counted. */
export function useProgress(
  countingBefore: string | null | undefined,
  { startPolling, stopPolling }: Polling,
): void {
  const isCounting = Boolean(countingBefore);
  useEffect(() => {
    if (!isCounting) return;
    startPolling(1_000);
    return stopPolling;
  }, [isCounting, startPolling, stopPolling]);
}
