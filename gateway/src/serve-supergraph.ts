/** The engine that serves at this moment, and how a new supergraph takes its place. */
import type { Logger } from '@tributary/chassis';
import { createEngine, type Engine, type EngineOptions } from './engine.ts';
import type { Supergraph } from './supergraph/load-supergraph.ts';

export interface ServedSupergraph {
  engine(): Engine;
  /**
   * Compiles what was asked for last and then lets the new supergraph serve; requests on their way
   * finish with the old one. One that cannot serve is refused, and the old one goes on.
   */
  replace(supergraph: Supergraph): Promise<void>;
  /** Hears of each engine that begins to serve after the first. */
  onReplaced(listener: (engine: Engine) => void): void;
  close(): Promise<void>;
}

/** Long enough for a request that waits for its subgraphs until they time out. */
const lastRequestsMilliseconds = 60_000;

export interface ServeOptions extends EngineOptions {
  logger: Logger;
  /** What a former engine used alone may go now. */
  onRetired: (serving: Engine) => Promise<void>;
}

export async function serveSupergraph(
  first: Supergraph,
  options: ServeOptions,
): Promise<ServedSupergraph> {
  const { logger, configuration } = options;
  const listeners: ((engine: Engine) => void)[] = [];
  let serving = await createEngine(first, options);

  return {
    engine: () => serving,
    async replace(supergraph) {
      const next = await createEngine(supergraph, options);
      const warm = await warmUp(next, serving.operations.recent(configuration.operations.warmUp));
      const former = serving;
      serving = next;
      for (const listener of listeners) listener(next);
      logger.info({ warm }, 'a new supergraph serves');
      setTimeout(() => {
        void former.close();
        void options.onRetired(serving);
      }, lastRequestsMilliseconds).unref();
    },
    onReplaced: (listener) => void listeners.push(listener),
    close: () => serving.close(),
  };
}

/** @returns how many operations the new engine knows already. */
async function warmUp(
  engine: Engine,
  sources: ReturnType<Engine['operations']['recent']>,
): Promise<number> {
  let warm = 0;
  for (const source of sources) {
    const compiled = engine.operations.compile(source);
    if (compiled.kind === 'invalid') continue;
    const planned = await compiled.plan('').catch(() => undefined);
    if (planned) warm += 1;
  }
  return warm;
}
