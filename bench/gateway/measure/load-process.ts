/** Loads a gateway from a process of its own, so that measuring never waits for the runner. */
import type { Job } from './load-worker.ts';
import { measureIsolation } from './measure-isolation.ts';
import { measureMemory } from './measure-memory.ts';
import { measureThroughput } from './measure-throughput.ts';

function measure(job: Job) {
  switch (job.kind) {
    case 'throughput':
      return measureThroughput(job);
    case 'memory':
      return measureMemory(job);
    case 'isolation':
      return measureIsolation(job);
  }
}

process.once('message', async (job: Job) => {
  const figures = await measure(job);
  process.send?.(figures, () => process.exit());
});
process.on('disconnect', () => process.exit());
