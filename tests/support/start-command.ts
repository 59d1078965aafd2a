import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { freePort } from '@tributary/local-stack';

export interface StartedCommand extends AsyncDisposable {
  url: string;
  home: string;
  /** What it has printed so far. */
  output(): string;
  /** Ctrl-C in its terminal; resolves with the exit code. */
  interrupt(): Promise<number | null>;
  ended: Promise<number | null>;
}

const launcher = resolve(import.meta.dirname, '../../scripts/launch.mjs');

/** Runs what `npm start` runs, in a terminal's process group of its own. */
export async function runStartCommand(
  environment: Record<string, string> = {},
): Promise<StartedCommand> {
  const home = await mkdtemp(join(tmpdir(), 'tributary-start-'));
  const port = environment.PORT ?? String(await freePort());
  const child = spawn(process.execPath, [launcher, 'start'], {
    env: { ...withoutVitest(), PORT: port, TRIBUTARY_HOME: home, ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: true,
  });
  const ended = new Promise<number | null>((done) => child.on('close', done));
  let printed = '';
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (chunk) => (printed += chunk));
  return {
    url: `http://localhost:${port}`,
    home,
    output: () => printed,
    ended,
    interrupt: () => {
      signalGroup(child, 'SIGINT');
      return ended;
    },
    async [Symbol.asyncDispose]() {
      if (child.exitCode === null) signalGroup(child, 'SIGINT');
      await ended;
      await rm(home, { recursive: true, force: true });
    },
  };
}

/** A terminal's Ctrl-C goes to the whole group in its foreground. */
function signalGroup({ pid }: ChildProcess, signal: NodeJS.Signals): void {
  if (pid !== undefined) process.kill(-pid, signal);
}

function withoutVitest(): NodeJS.ProcessEnv {
  const entries = Object.entries(process.env).filter(
    ([name]) => !/^(VITEST|NODE_ENV|VITE)/.test(name),
  );
  return Object.fromEntries(entries);
}
