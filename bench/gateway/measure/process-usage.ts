/** CPU time and memory of a process and all its descendants. */
import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';

export interface Usage {
  /** User and system time since each process began. */
  cpuMilliseconds: number;
  /** Resident memory, what processes share counted for each. */
  rssBytes: number;
}

interface ProcessRow extends Usage {
  pid: number;
  parent: number;
}

/** Linux counts in these whatever the kernel's own clock is (USER_HZ); pages are those of x86 and most ARM. */
const millisecondsPerTick = 10;
const bytesPerPage = 4096;

export function usageOf(root: number): Usage {
  const rows = existsSync('/proc/self/stat') ? rowsOfProc() : rowsOfPs();
  const members = new Set([root]);
  // A child may be listed before its parent, so until nobody new is found.
  for (let known = 0; known < members.size; ) {
    known = members.size;
    for (const { pid, parent } of rows) if (members.has(parent)) members.add(pid);
  }
  const tree = rows.filter(({ pid }) => members.has(pid));
  return {
    cpuMilliseconds: tree.reduce((sum, row) => sum + row.cpuMilliseconds, 0),
    rssBytes: tree.reduce((sum, row) => sum + row.rssBytes, 0),
  };
}

function rowsOfProc(): ProcessRow[] {
  return readdirSync('/proc').flatMap((entry) => {
    if (!/^\d+$/.test(entry)) return [];
    try {
      return [parseStat(readFileSync(`/proc/${entry}/stat`, 'utf8'))];
    } catch {
      // It ended meanwhile.
      return [];
    }
  });
}

/** proc_pid_stat(5). The name, in brackets, may hold anything, so what follows its last one counts. */
function parseStat(line: string): ProcessRow {
  const fields = line.slice(line.lastIndexOf(')') + 2).split(' ');
  const field = (number: number) => Number(fields[number - 3]);
  const [user, system, childrenUser, childrenSystem] = [14, 15, 16, 17];
  const ticks = [user, system, childrenUser, childrenSystem].reduce((sum, n) => sum + field(n), 0);
  return {
    pid: Number.parseInt(line, 10),
    parent: field(4),
    cpuMilliseconds: ticks * millisecondsPerTick,
    rssBytes: field(24) * bytesPerPage,
  };
}

function rowsOfPs(): ProcessRow[] {
  const listing = execFileSync('ps', ['-axo', 'pid=,ppid=,rss=,time='], { encoding: 'utf8' });
  return listing.split('\n').flatMap((line) => {
    const [pid, parent, rss, time] = line.trim().split(/\s+/);
    if (!pid || !time) return [];
    return [
      {
        pid: Number(pid),
        parent: Number(parent),
        rssBytes: Number(rss) * 1024,
        cpuMilliseconds: toMilliseconds(time),
      },
    ];
  });
}

/** `[[hours:]minutes:]seconds`, with or without a fraction. */
const toMilliseconds = (time: string): number =>
  time.split(':').reduce((sum, part) => sum * 60 + Number(part), 0) * 1000;
