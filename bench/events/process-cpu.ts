/** CPU time of the platform's processes, read from Linux's /proc; empty elsewhere. */
import { readdirSync, readFileSync } from 'node:fs';

/** Seconds of user and system time by process, e.g. `{ analytics: 1.25, postgres: 3.5 }`. */
export type CpuSeconds = Record<string, number>;

interface ProcessTimes {
  pid: number;
  parent: number;
  command: string;
  seconds: number;
}

const ticksPerSecond = 100;

export interface CpuMeterOptions {
  /** Node processes by what they are called in the table. */
  named: () => Record<string, number | undefined>;
}

/** Reads named processes, and `postgres` and `redis-server` below this one. */
export function createCpuMeter({ named }: CpuMeterOptions) {
  return (): CpuSeconds => {
    const all = processes();
    const seconds: CpuSeconds = {};
    for (const [name, pid] of Object.entries(named())) {
      seconds[name] = all.find((one) => one.pid === pid)?.seconds ?? 0;
    }
    for (const { pid, command, seconds: own } of all) {
      if (command !== 'postgres' && command !== 'redis-server') continue;
      if (descendsFrom(pid, process.pid, all)) seconds[command] = (seconds[command] ?? 0) + own;
    }
    return seconds;
  };
}

/** What was used between two readings. */
export function cpuBetween(before: CpuSeconds, after: CpuSeconds): CpuSeconds {
  return Object.fromEntries(
    Object.entries(after).map(([name, seconds]) => [name, seconds - (before[name] ?? 0)]),
  );
}

function processes(): ProcessTimes[] {
  if (process.platform !== 'linux') return [];
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .flatMap((name) => readTimes(Number(name)) ?? []);
}

/** The command stands in brackets; children that ended count for their parent. See proc_pid_stat(5). */
function readTimes(pid: number): ProcessTimes | undefined {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, 'utf8');
    const end = text.lastIndexOf(')');
    const fields = text.slice(end + 2).split(' ');
    const ticks = fields.slice(11, 15).reduce((sum, field) => sum + Number(field), 0);
    const command = text.slice(text.indexOf('(') + 1, end);
    return { pid, parent: Number(fields[1]), command, seconds: ticks / ticksPerSecond };
  } catch {
    return undefined;
  }
}

function descendsFrom(pid: number, ancestor: number, all: readonly ProcessTimes[]): boolean {
  const byPid = new Map(all.map((one) => [one.pid, one.parent]));
  for (let at: number | undefined = pid; at !== undefined && at > 0; at = byPid.get(at)) {
    if (at === ancestor) return true;
  }
  return false;
}
