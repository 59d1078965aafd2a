/** A process of ours: in a group of its own, its output in a file, ended when we end. */
import { type ChildProcess, spawn } from 'node:child_process';
import { type LogFile, openLogFile } from './log-file.ts';
import type { GuardedProcess, OrphanGuard } from './orphan-guard.ts';

export interface StartOptions {
  name: string;
  command: string;
  args: string[];
  logPath: string;
  guard: OrphanGuard;
  kind: GuardedProcess['kind'];
  /** What asks it to end; SIGTERM unless given. */
  stopSignal?: NodeJS.Signals;
  env?: NodeJS.ProcessEnv;
}

export interface Child {
  pid: number;
  log: LogFile;
  /** How it ended, in words; settles once. */
  ended: Promise<string>;
  hasEnded(): boolean;
  kill(signal: NodeJS.Signals): void;
  /** Asks it to end, insists after ten seconds. */
  stop(): Promise<void>;
}

const stopMilliseconds = 10_000;

/**
 * Ctrl-C in a terminal signals every process of its group. Ours get groups of their own, so that
 * only the supervisor hears it and they end in order; the guard covers for the supervisor.
 */
export async function startChild(options: StartOptions): Promise<Child> {
  const { guard, kind, stopSignal = 'SIGTERM' } = options;
  const log = openLogFile(options.logPath);
  const child = spawnDetached(options, log);
  const ended = endOf(child).finally(log.close);
  const pid = await pidOf(child, options.name);
  const unwatch = guard.watch({ pid, signal: stopSignal, kind });
  void ended.then(unwatch);
  const kill = (signal: NodeJS.Signals) => void child.kill(signal);
  const hasEnded = () => child.exitCode !== null || child.signalCode !== null;

  async function stop(): Promise<void> {
    kill(stopSignal);
    const insist = setTimeout(() => kill('SIGKILL'), stopMilliseconds);
    await ended;
    clearTimeout(insist);
  }

  return { pid, log, ended, hasEnded, kill, stop };
}

function spawnDetached(options: StartOptions, log: LogFile): ChildProcess {
  const { command, args, env = process.env } = options;
  return spawn(command, args, {
    env,
    detached: process.platform !== 'win32',
    windowsHide: true,
    stdio: ['ignore', log.descriptor, log.descriptor],
  });
}

const endOf = (child: ChildProcess): Promise<string> =>
  new Promise((resolve) => {
    child.once('error', (error) => resolve(`failed: ${error.message}`));
    child.once('exit', (code, signal) =>
      resolve(signal ? `was ended by ${signal}` : `ended with exit code ${code}`),
    );
  });

function pidOf(child: ChildProcess, name: string): Promise<number> {
  return new Promise((resolve, reject) => {
    if (child.pid !== undefined) resolve(child.pid);
    child.once('error', (cause) =>
      reject(new Error(`${name} cannot be started: ${cause.message}`, { cause })),
    );
  });
}
