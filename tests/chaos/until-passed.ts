import { setTimeout as pause } from 'node:timers/promises';

const longest = 120_000;

/** Asks ten times a second until the answer is yes; a failure is a no. @throws after two minutes, saying what did not come. */
export async function untilPassed(what: string, check: () => Promise<boolean>): Promise<void> {
  const deadline = performance.now() + longest;
  while (!(await check().catch(() => false))) {
    if (performance.now() > deadline) throw new Error(`It never came that ${what}.`);
    await pause(100);
  }
}
