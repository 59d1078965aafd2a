/** Runs the services: one Node process each, started again when it crashes, ended in order. */
import { join } from 'node:path';
import { type Child, startChild } from './child-process.ts';
import { compileCache } from './compile-cache.ts';
import { type OrphanGuard, startOrphanGuard } from './orphan-guard.ts';
import { type Log, untilReady } from './until-ready.ts';

export interface SupervisorOptions {
  log: Log;
  /** Each process appends to `<logDirectory>/<name>.log`. */
  logDirectory: string;
  /** Ends the processes when this one dies; one of its own unless given. */
  guard?: OrphanGuard;
}

export interface ServiceProcess {
  name: string;
  /** The script that Node runs. */
  script: string;
  /** Its environment, beside where Node keeps what it compiled. */
  env: NodeJS.ProcessEnv;
  /** Answers 200 once the service is ready. */
  readyUrl: string;
  /** Whether to start it again when it dies; true unless given. */
  restart?: boolean;
  /** How long it may take to be ready; 60 s unless given. */
  readyMilliseconds?: number;
  /** Stops waiting and ends it. */
  signal?: AbortSignal | undefined;
}

export interface Supervisor extends AsyncDisposable {
  /** Resolves when the service is ready; rejects with its last log lines when it is not. */
  run(service: ServiceProcess): Promise<void>;
  kill(name: string, signal: NodeJS.Signals): void;
  /** The process id at the moment; undefined between a crash and the new start. */
  pid(name: string): number | undefined;
  /** SIGTERM to the last started first, ten seconds each, then SIGKILL. */
  stopAll(): Promise<void>;
}

interface Running {
  service: ServiceProcess;
  child: Child;
  crashes: number;
  startedAt: number;
}

/** A batch of events lives for some milliseconds: with V8's 16 MB it would be copied as if it were to stay. */
const youngGeneration = '--max-semi-space-size=64';
const firstDelay = 250;
const longestDelay = 10_000;
/** A service that ran this long has recovered: its next crash counts as the first. */
const stableMilliseconds = 60_000;

export function createSupervisor(options: SupervisorOptions): Supervisor {
  const { log, logDirectory } = options;
  const guard = options.guard ?? startOrphanGuard();
  const running = new Map<string, Running>();
  const delays = new Set<NodeJS.Timeout>();
  let stopping = false;

  const start = ({ name, script, env }: ServiceProcess): Promise<Child> =>
    startChild({
      name,
      command: process.execPath,
      args: ['--enable-source-maps', youngGeneration, script],
      env: { ...compileCache, ...env },
      logPath: join(logDirectory, `${name}.log`),
      guard,
      kind: 'service',
    });

  async function run(service: ServiceProcess): Promise<void> {
    if (stopping) throw new Error(`${service.name} is not started: the stack is stopping.`);
    const { name, signal, readyMilliseconds: milliseconds = 60_000 } = service;
    const child = await start(service);
    const entry = { service, child, crashes: 0, startedAt: performance.now() };
    running.set(name, entry);
    if (stopping) await child.stop();
    const isReady = () => answersOk(service.readyUrl);
    await untilReady({ name, child, isReady, milliseconds, signal });
    void child.ended.then((how) => onEnd(entry, how));
  }

  function onEnd(entry: Running, how: string): void {
    const { name, restart = true } = entry.service;
    if (stopping) return;
    if (!restart) {
      log(`${name} ${how}`);
      return;
    }
    const wasStable = performance.now() - entry.startedAt > stableMilliseconds;
    const crashes = wasStable ? 0 : entry.crashes;
    const delay = Math.min(firstDelay * 2 ** crashes, longestDelay);
    log(`${name} ${how}; starting it again in ${delay} ms, see ${entry.child.log.path}`);
    const timer = setTimeout(() => {
      delays.delete(timer);
      startAgain({ ...entry, crashes: crashes + 1 }).catch((error) => log(`${name}: ${error}`));
    }, delay);
    delays.add(timer);
  }

  async function startAgain(entry: Running): Promise<void> {
    const child = await start(entry.service);
    const again = { ...entry, child, startedAt: performance.now() };
    running.set(entry.service.name, again);
    if (stopping) return child.stop();
    onEnd(again, await child.ended);
  }

  async function stopAll(): Promise<void> {
    stopping = true;
    for (const timer of delays) clearTimeout(timer);
    for (const { child } of [...running.values()].reverse()) {
      if (!child.hasEnded()) await child.stop();
    }
    if (!options.guard) guard.close();
  }

  function alive(name: string): Child | undefined {
    const child = running.get(name)?.child;
    return child?.hasEnded() ? undefined : child;
  }

  return {
    run,
    stopAll,
    [Symbol.asyncDispose]: stopAll,
    pid: (name) => alive(name)?.pid,
    kill(name, signal) {
      const child = alive(name);
      if (!child) throw new Error(`${name} is not running.`);
      child.kill(signal);
    },
  };
}

async function answersOk(url: string): Promise<boolean> {
  try {
    const response = await fetch(url, { signal: AbortSignal.timeout(5_000) });
    await response.body?.cancel();
    return response.status === 200;
  } catch {
    return false;
  }
}
