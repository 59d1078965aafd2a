import type { Logger } from '@tributary/chassis';
import type { EventReceived } from '@tributary/events';
import { LRUCache } from 'lru-cache';
import type { SampleEventStore } from '../stores/sample-event-store.ts';

/** Of a source, so many within so long. */
const mostSamples = 3;
const everyMilliseconds = 2_000;

/** Keeps a few records by source, beside everything else: nothing waits for it. */
export type TakeSamples = (records: readonly EventReceived[]) => void;

export function createSampleTaker({
  samples,
  logger,
}: {
  samples: SampleEventStore;
  logger: Logger;
}): TakeSamples {
  const counts = new LRUCache<string, number>({
    max: 10_000,
    ttl: everyMilliseconds,
    noUpdateTTL: true,
  });

  return (records) => {
    const taken = records.filter(({ sourceid, deadletterid }) => {
      const count = counts.get(sourceid) ?? 0;
      if (deadletterid !== undefined || count >= mostSamples) return false;
      counts.set(sourceid, count + 1);
      return true;
    });
    if (taken.length === 0) return;
    samples.add(taken).catch((error: unknown) => {
      logger.warn({ err: error }, 'could not keep samples');
    });
  };
}
