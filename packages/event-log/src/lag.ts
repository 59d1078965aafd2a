import type { EventDefinition } from '@tributary/events';
import type { EventLog } from './event-log.ts';
import type { PositionStore } from './positions.ts';

/** How far a group is behind in one partition. */
export interface PartitionLag {
  partition: number;
  /** Since the oldest record that it has not taken was appended; 0 when it has taken all. */
  waitingMilliseconds: number;
}

/** How far a group is behind, for every partition of a topic. */
export async function readLag(options: {
  log: Pick<EventLog, 'waiting'>;
  positions: Pick<PositionStore, 'load'>;
  event: EventDefinition;
  group: string;
}): Promise<PartitionLag[]> {
  const { log, positions, event, group } = options;
  const taken = await positions.load(event.topic, group);
  const waiting = await log.waiting(event, taken);
  return waiting.map((waitingMilliseconds, partition) => ({ partition, waitingMilliseconds }));
}

/**
 * For how long the oldest record has waited for a group that may be another service's, in milliseconds; 0
 * where none waits. By what groups note, so a group that has just taken all may seem two seconds behind.
 */
export async function readBacklog({
  log,
  event,
}: {
  log: Pick<EventLog, 'noted' | 'waiting'>;
  event: EventDefinition;
}): Promise<number> {
  const noted = await log.noted(event);
  const waiting = await log.waiting(event, noted);
  return Math.max(0, ...waiting.filter((_, partition) => noted.has(partition)));
}
