import { hash } from 'node:crypto';
import { LRUCache } from 'lru-cache';

/** About 20 MB. */
const mostRemembered = 100_000;

/**
 * Which records this process accepted lately, so that a producer that sends one again is told. Only the
 * very same text of the same source counts: a corrected event under the old id is another record.
 */
export interface RecentEvents {
  keyOf(sourceId: string, text: string): string;
  has(key: string): boolean;
  /** Once they are durable, never before. */
  remember(keys: Iterable<string>): void;
}

export function createRecentEvents(): RecentEvents {
  const recent = new LRUCache<string, true>({ max: mostRemembered });
  return {
    keyOf: (sourceId, text) => `${sourceId}/${hash('sha256', text, 'base64')}`,
    has: (key) => recent.has(key),
    remember(keys) {
      for (const key of keys) recent.set(key, true);
    },
  };
}
