/** Work that several ask for at one time is done once, and given up when all of them have left. */
export type ShareInFlight<Value> = (
  key: string,
  left: AbortSignal | undefined,
  work: (signal: AbortSignal) => Promise<Value>,
) => Promise<Value>;

interface Shared<Value> {
  value: Promise<Value>;
  waiting: number;
  controller: AbortController;
}

export function createShareInFlight<Value>({
  onShare,
}: {
  onShare: (shared: boolean) => void;
}): ShareInFlight<Value> {
  const inFlight = new Map<string, Shared<Value>>();

  function start(key: string, work: (signal: AbortSignal) => Promise<Value>): Shared<Value> {
    const controller = new AbortController();
    const value = work(controller.signal).finally(() => {
      if (inFlight.get(key) === shared) inFlight.delete(key);
    });
    const shared = { value, waiting: 0, controller };
    inFlight.set(key, shared);
    return shared;
  }

  return (key, left, work) => {
    const known = inFlight.get(key);
    onShare(known !== undefined);
    const shared = known ?? start(key, work);
    shared.waiting += 1;
    left?.addEventListener(
      'abort',
      () => {
        shared.waiting -= 1;
        if (shared.waiting > 0) return;
        // Whoever asks from now on must not wait for what is being given up.
        if (inFlight.get(key) === shared) inFlight.delete(key);
        shared.controller.abort();
      },
      { once: true },
    );
    return shared.value;
  };
}
