import { Redis } from 'ioredis';
import type { Service } from './service.ts';

export interface RedisOptions {
  service: Service;
  url: string;
  /** Whether the service can do nothing without it, so that it is not ready then. */
  required?: boolean;
  /** False for those who subscribe again themselves after a lost connection. */
  autoResubscribe?: boolean;
}

/** A connection that reconnects by itself, is part of readiness if required, and is closed at shutdown. */
export function createRedis(options: RedisOptions): Redis {
  const { service, url, required = true, autoResubscribe = true } = options;
  const redis = new Redis(url, {
    maxRetriesPerRequest: 1,
    autoResubscribe,
    // What is asked for at the same time is one write to the socket.
    enableAutoPipelining: true,
  });
  redis.on('error', (error) => service.logger.warn({ err: error }, 'redis connection failed'));
  if (required) service.addReadinessCheck('redis', () => redis.ping());
  service.shutdown.add('redis', async () => redis.disconnect());
  return redis;
}
