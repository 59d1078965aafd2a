import { fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import type { IsolationFigures, IsolationJob } from './measure-isolation.ts';
import type { MemoryFigures, MemoryJob } from './measure-memory.ts';
import type { ThroughputFigures, ThroughputJob } from './measure-throughput.ts';

export type Job = ThroughputJob | MemoryJob | IsolationJob;

interface FiguresOf {
  throughput: ThroughputFigures;
  memory: MemoryFigures;
  isolation: IsolationFigures;
}

/** Runs one job in a fresh process. Rejects when that ends without figures. */
export async function runLoad<Kind extends Job['kind']>(
  job: Extract<Job, { kind: Kind }>,
): Promise<FiguresOf[Kind]> {
  const child = fork(join(import.meta.dirname, 'load-process.ts'), {
    execArgv: [],
    serialization: 'advanced',
  });
  child.send(job);
  const ended = once(child, 'exit').then(([code]) => {
    throw new Error(`The load process ended with code ${code} before it had figures.`);
  });
  const [figures] = await Promise.race([once(child, 'message'), ended]);
  ended.catch(() => {});
  return figures as FiguresOf[Kind];
}
