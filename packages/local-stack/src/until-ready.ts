import type { Child } from './child-process.ts';
import { waitUntil } from './wait-until.ts';

/** Takes one line that is worth a person's attention. */
export type Log = (line: string) => void;

export interface UntilReadyOptions {
  name: string;
  child: Child;
  isReady: () => Promise<boolean>;
  milliseconds: number;
  signal?: AbortSignal | undefined;
}

/**
 * Resolves once the process answers. Rejects with its last log lines, and ends it, when it dies
 * first or takes too long.
 */
export async function untilReady(options: UntilReadyOptions): Promise<void> {
  const { name, child, isReady, milliseconds, signal } = options;
  const settled = async () => child.hasEnded() || (await isReady());
  try {
    const inTime = await waitUntil(settled, { milliseconds, ...(signal && { signal }) });
    if (inTime && !child.hasEnded()) return;
    const what = inTime ? await child.ended : `did not answer within ${milliseconds / 1000} s`;
    throw new Error(
      `${name} ${what} while it started. ${child.log.path} ends with:\n${child.log.tail()}`,
    );
  } catch (error) {
    if (!child.hasEnded()) await child.stop();
    throw error;
  }
}
