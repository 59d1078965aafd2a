export interface Loop {
  /** Runs at once instead of after the pause. */
  wake(): void;
  /** Lets the run under way finish. */
  stop(): Promise<void>;
}

export interface LoopOptions {
  /** One round of work; true when more waits, so that there is no pause. */
  run: () => Promise<boolean>;
  pauseMilliseconds: number;
  /** A round failed; the next one comes after the pause. */
  onError: (error: unknown) => void;
}

/** Runs rounds of work, one at a time, until stopped. */
export function startLoop({ run, pauseMilliseconds, onError }: LoopOptions): Loop {
  let stopped = false;
  let awake = Promise.withResolvers<void>();

  async function rest(): Promise<void> {
    const timer = setTimeout(() => awake.resolve(), pauseMilliseconds);
    await awake.promise;
    clearTimeout(timer);
    awake = Promise.withResolvers<void>();
  }

  async function runUntilStopped(): Promise<void> {
    while (!stopped) {
      const hasMore = await run().catch((error: unknown) => {
        onError(error);
        return false;
      });
      if (!hasMore && !stopped) await rest();
    }
  }

  const running = runUntilStopped();
  return {
    wake: () => awake.resolve(),
    async stop() {
      stopped = true;
      awake.resolve();
      await running;
    },
  };
}
