import type { Logger } from './logger.ts';

export interface Shutdown {
  /** Runs at the end of the process; the last one added runs first. */
  add(name: string, close: () => Promise<unknown>): void;
  readonly begun: boolean;
}

/** Closes everything in reverse order of opening on SIGTERM or SIGINT, then ends the process. */
export function createShutdown({ logger }: { logger: Logger }): Shutdown {
  const steps: { name: string; close: () => Promise<unknown> }[] = [];
  let begun = false;

  async function run(signal: string): Promise<void> {
    if (begun) return;
    begun = true;
    logger.info({ signal }, 'shutting down');
    for (const { name, close } of steps.toReversed()) {
      await close().catch((error: unknown) =>
        logger.error({ error, step: name }, 'could not close'),
      );
    }
    process.exit(0);
  }

  process.on('SIGTERM', () => void run('SIGTERM'));
  process.on('SIGINT', () => void run('SIGINT'));
  return {
    add: (name, close) => void steps.push({ name, close }),
    get begun() {
      return begun;
    },
  };
}
