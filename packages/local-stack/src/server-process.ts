/** A database server below us: ready when it answers, started again when it dies on its own. */
import { setTimeout as delay } from 'node:timers/promises';
import { type Child, type StartOptions, startChild } from './child-process.ts';
import { type Log, untilReady } from './until-ready.ts';

export interface ServerOptions extends StartOptions {
  log: Log;
  /** Whether it answers by now. */
  isReady: () => Promise<boolean>;
}

export interface ServerProcess extends AsyncDisposable {
  readonly pid: number;
  stop(): Promise<void>;
  restart(): Promise<void>;
}

const startMilliseconds = 60_000;

const longestPause = 10_000;

export async function startServer(options: ServerOptions): Promise<ServerProcess> {
  const { name, log } = options;
  let stopped = false;
  let child = await start();
  let recovering: Promise<void> = Promise.resolve();

  async function start(): Promise<Child> {
    const started = await startReady(options);
    void started.ended.then((how) => {
      if (stopped) return;
      log(`${name} ${how}; starting it again`);
      recovering = recover();
    });
    return started;
  }

  /** A server killed outright may leave parts behind that take a moment to go: tries until it is up. */
  async function recover(): Promise<void> {
    for (let attempt = 1; !stopped; attempt++) {
      try {
        child = await start();
        return;
      } catch (error) {
        log(error instanceof Error ? error.message : String(error));
        await delay(Math.min(attempt * 500, longestPause));
      }
    }
  }

  async function stop(): Promise<void> {
    stopped = true;
    await recovering;
    await child.stop();
  }

  async function restart(): Promise<void> {
    await stop();
    stopped = false;
    child = await start();
  }

  return {
    get pid() {
      return child.pid;
    },
    stop,
    restart,
    [Symbol.asyncDispose]: stop,
  };
}

async function startReady(options: ServerOptions): Promise<Child> {
  const { name, isReady } = options;
  const child = await startChild(options);
  await untilReady({ name, child, isReady, milliseconds: startMilliseconds });
  return child;
}
