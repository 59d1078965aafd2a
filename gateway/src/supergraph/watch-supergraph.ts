import { setTimeout as delay } from 'node:timers/promises';
import type { Logger } from '@tributary/chassis';
import { readSupergraphText } from '@tributary/operations';
import { type Supergraph, toSupergraph } from './load-supergraph.ts';

export interface WatchOptions {
  /** A path or an http(s) URL. */
  location: string;
  /** What serves already. */
  current: string;
  everyMilliseconds: number;
  /** @throws to refuse it. */
  onChange: (supergraph: Supergraph) => Promise<void>;
  logger: Logger;
  signal: AbortSignal;
}

/** Looks again and again for another supergraph; one that is broken is told once and not served. */
export async function watchSupergraph(options: WatchOptions): Promise<void> {
  const { location, everyMilliseconds, onChange, logger, signal } = options;
  let { current } = options;
  while (!signal.aborted) {
    await delay(everyMilliseconds, undefined, { ref: false, signal }).catch(() => {});
    if (signal.aborted) return;
    try {
      const text = await readSupergraphText(location);
      if (text === current) continue;
      // Told once, whether it serves or not.
      current = text;
      await onChange(toSupergraph(text));
    } catch (error) {
      logger.error({ err: error }, 'the new supergraph is refused; the old one serves on');
    }
  }
}
