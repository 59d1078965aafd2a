import type { EventLog } from './event-log.ts';
import { createRedisEventLog } from './redis/redis-event-log.ts';

export interface EventLogOptions {
  /** `redis://…`, or `kafka://broker-1:9092,broker-2:9092`. */
  url: string;
  /** Fixed once records exist: keys would move to other partitions. */
  partitions?: number;
}

/**
 * The log that the address names: Redis Streams on one machine, Apache Kafka where that is outgrown.
 * Kafka's client is loaded only then: it compiles schemas as it loads, a third of a service's start.
 */
export async function createEventLog(options: EventLogOptions): Promise<EventLog> {
  if (!options.url.startsWith('kafka://')) return createRedisEventLog(options);
  const { createKafkaEventLog } = await import('./kafka/kafka-event-log.ts');
  return createKafkaEventLog(options);
}
