import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { type LoadOrder, type LoadReport, loadReportSchema } from './load-message.ts';

export interface Load extends Disposable {
  pid: number | undefined;
  produce(order: LoadOrder): Promise<LoadReport>;
}

/** Starts the producer and waits until it has read its flights. */
export async function startLoad(): Promise<Load> {
  const child: ChildProcess = fork(join(import.meta.dirname, 'load.ts'));
  await once(child, 'message');
  return {
    pid: child.pid,
    async produce(order) {
      child.send(order);
      const [report] = await once(child, 'message');
      return loadReportSchema.parse(report);
    },
    [Symbol.dispose]: () => void child.kill('SIGKILL'),
  };
}
