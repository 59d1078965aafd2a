import { setTimeout as pause } from 'node:timers/promises';

/** The gateway asks a part that was away again every half minute, and may find it killed anew several times. */
const longest = 300_000;

/** Asks ten times a second until the answer is yes; a failure is a no. @throws after five minutes, saying what did not come. */
export async function untilPassed(what: string, check: () => Promise<boolean>): Promise<void> {
  const deadline = performance.now() + longest;
  while (!(await check().catch(() => false))) {
    if (performance.now() > deadline) throw new Error(`It never came that ${what}.`);
    await pause(100);
  }
}
