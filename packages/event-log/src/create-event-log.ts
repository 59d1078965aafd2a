import type { EventLog } from './event-log.ts';
import { createKafkaEventLog } from './kafka/kafka-event-log.ts';
import { createRedisEventLog } from './redis/redis-event-log.ts';

export interface EventLogOptions {
  /** `redis://…`, or `kafka://broker-1:9092,broker-2:9092`. */
  url: string;
  /** Fixed once records exist: keys would move to other partitions. */
  partitions?: number;
}

/** The log that the address names: Redis Streams on one machine, Apache Kafka where that is outgrown. */
export function createEventLog(options: EventLogOptions): EventLog {
  return options.url.startsWith('kafka://')
    ? createKafkaEventLog(options)
    : createRedisEventLog(options);
}
