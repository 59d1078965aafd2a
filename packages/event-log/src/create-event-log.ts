import type { EventLog, EventLogOptions } from './event-log.ts';
import { createRedisEventLog } from './redis/redis-event-log.ts';

/**
 * The log that the address names: Redis Streams on one machine, Apache Kafka where that is outgrown.
 * Kafka's client is loaded only then: it compiles schemas as it loads, a third of a service's start.
 */
export async function createEventLog(options: EventLogOptions): Promise<EventLog> {
  if (!options.url.startsWith('kafka://')) return createRedisEventLog(options);
  const { createKafkaEventLog } = await import('./kafka/kafka-event-log.ts');
  return createKafkaEventLog(options);
}
