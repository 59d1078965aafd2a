import { fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import type { Trouble } from './trouble.ts';

export interface Subgraphs extends AsyncDisposable {
  /** Each subgraph is at this URL, a slash and its name. */
  baseUrl: string;
  /** Replaces whatever trouble there was; `{}` ends all. */
  trouble(trouble: Trouble): void;
}

/** The process ends with this one, whatever ends this one. */
export async function startSubgraphs(): Promise<Subgraphs> {
  const child = fork(join(import.meta.dirname, 'subgraph-process.ts'), { execArgv: [] });
  const ended = once(child, 'exit');
  const [port] = await Promise.race([
    once(child, 'message'),
    ended.then(([code]) => Promise.reject(new Error(`The subgraphs ended with code ${code}.`))),
  ]);
  return {
    baseUrl: `http://127.0.0.1:${port}`,
    trouble: (trouble) => void child.send(trouble),
    async [Symbol.asyncDispose]() {
      child.kill();
      await ended;
    },
  };
}
