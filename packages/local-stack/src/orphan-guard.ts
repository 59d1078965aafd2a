/**
 * Nothing a stack started outlives it, even when it is killed with SIGKILL.
 * The choice: one small process per stack, in a session of its own, which holds the reading end of
 * a pipe. The kernel closes the pipe with the supervisor, whatever ended it. That needs no help
 * from PostgreSQL, Redis or the services, no pid files that may lie, and ends things in order.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { Socket } from 'node:net';
import { join } from 'node:path';

export interface GuardedProcess {
  pid: number;
  /** What asks it to end. */
  signal: NodeJS.Signals;
  /** Services before the servers they use. */
  kind: 'service' | 'server';
}

export interface OrphanGuard extends Disposable {
  /** Ends the process when this one dies; call the answer once it has ended. */
  watch(guarded: GuardedProcess): () => void;
  close(): void;
  readonly pid: number | undefined;
}

const rank = { service: 0, server: 1 } as const;

/** Starts the guard; started again, with all it watched, should somebody kill it. */
export function startOrphanGuard(): OrphanGuard {
  const watched = new Map<number, GuardedProcess>();
  let closed = false;
  let child = start();

  function start(): ChildProcess {
    const started = spawnGuard();
    for (const guarded of watched.values()) tell(started, describe(guarded));
    started.once('exit', () => {
      if (!closed) child = start();
    });
    return started;
  }

  function close(): void {
    closed = true;
    child.stdin?.end();
  }

  return {
    watch(guarded) {
      watched.set(guarded.pid, guarded);
      tell(child, describe(guarded));
      return () => {
        if (watched.delete(guarded.pid)) tell(child, { pid: guarded.pid, ended: true });
      };
    },
    close,
    [Symbol.dispose]: close,
    get pid() {
      return child.pid;
    },
  };
}

function spawnGuard(): ChildProcess {
  const script = join(import.meta.dirname, 'orphan-guard-process.ts');
  const child = spawn(process.execPath, [script], {
    detached: process.platform !== 'win32',
    stdio: ['pipe', 'ignore', 'ignore'],
    env: { ...process.env, NODE_OPTIONS: '' },
    windowsHide: true,
  });
  // A write to a guard that was killed fails; its successor is told everything again.
  child.stdin?.on('error', () => {});
  child.unref();
  if (child.stdin instanceof Socket) child.stdin.unref();
  return child;
}

const describe = ({ pid, signal, kind }: GuardedProcess) => ({ pid, signal, rank: rank[kind] });

function tell(child: ChildProcess, message: object): void {
  child.stdin?.write(`${JSON.stringify(message)}\n`);
}
