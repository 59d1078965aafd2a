/**
 * Reads `{ pid, signal, rank }` or `{ pid, ended: true }`, one a line, from the supervisor. When
 * the pipe closes, the supervisor is gone: ends what it left, low ranks first, then itself.
 */
import { createInterface } from 'node:readline';
import { isAlive, sendSignal } from './process-signals.ts';
import { waitUntil } from './wait-until.ts';

interface Watched {
  pid: number;
  signal: NodeJS.Signals;
  rank: number;
}

const graceMilliseconds = 5_000;
const watched = new Map<number, Watched>();

// Ctrl-C reaches the whole group; this process must outlive the ones it looks after.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => {});

createInterface({ input: process.stdin })
  .on('line', note)
  .on('close', () => void endAll().then(() => process.exit(0)));

function note(line: string): void {
  const message: Watched | { pid: number; ended: true } = JSON.parse(line);
  if ('ended' in message) watched.delete(message.pid);
  else watched.set(message.pid, message);
}

async function endAll(): Promise<void> {
  const ranks = Map.groupBy(watched.values(), ({ rank }) => rank);
  for (const rank of [...ranks.keys()].sort((a, b) => a - b)) {
    await Promise.all((ranks.get(rank) ?? []).map(end));
  }
}

async function end({ pid, signal }: Watched): Promise<void> {
  sendSignal(pid, signal);
  const ended = await waitUntil(() => !isAlive(pid), { milliseconds: graceMilliseconds });
  if (!ended) sendSignal(pid, 'SIGKILL');
}
