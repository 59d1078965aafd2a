import type { ChildProcess } from 'node:child_process';

/**
 * A signal that is to end this process ends the child first: not every signal comes from a terminal,
 * which sends it to both.
 */
export function endTogether(child: ChildProcess): void {
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    const end = () => {
      child.once('exit', () => process.kill(process.pid, signal));
      child.kill(signal);
    };
    process.once(signal, end);
    child.once('exit', () => process.off(signal, end));
  }
}
