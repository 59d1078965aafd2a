import { execFileSync } from 'node:child_process';
import { readFileSync, readlinkSync, realpathSync } from 'node:fs';
import { isAlive } from './process-signals.ts';
import { waitUntil } from './wait-until.ts';

/** Longer than the orphan guard lets a server take to end. */
const patienceMilliseconds = 12_000;

export interface PreviousRun {
  name: string;
  /** The file in which the server notes its process id, in the first line. */
  pidFile: string;
  /** Where the server works, by which it is told from a stranger that got its old process id. */
  directory: string;
}

/**
 * Two servers on one directory would spoil it. After a killed supervisor the guard may still be
 * ending the last one, so this waits for that; anything longer is somebody else's running stack.
 */
export async function untilPreviousRunEnded(previous: PreviousRun): Promise<void> {
  const pid = pidIn(previous.pidFile);
  if (pid === undefined) return;
  const ended = () => !isAlive(pid) || !worksIn(pid, previous.directory);
  if (await waitUntil(ended, { milliseconds: patienceMilliseconds })) return;
  throw new Error(
    `${previous.name} already runs in ${previous.directory} (process ${pid}). ` +
      `End the Tributary that started it, or end what is left of it: kill ${pid}`,
  );
}

function pidIn(file: string): number | undefined {
  try {
    const pid = Number.parseInt(readFileSync(file, 'utf8'), 10);
    return pid > 0 ? pid : undefined;
  } catch {
    return undefined;
  }
}

function worksIn(pid: number, directory: string): boolean {
  try {
    return workingDirectory(pid) === realpathSync(directory);
  } catch {
    return false;
  }
}

function workingDirectory(pid: number): string | undefined {
  if (process.platform === 'linux') return readlinkSync(`/proc/${pid}/cwd`);
  const lines = execFileSync('lsof', ['-a', '-p', `${pid}`, '-d', 'cwd', '-Fn'], {
    encoding: 'utf8',
  });
  return lines
    .split('\n')
    .find((line) => line.startsWith('n'))
    ?.slice(1);
}
