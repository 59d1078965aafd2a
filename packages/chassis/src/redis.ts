import { Redis } from 'ioredis';
import type { Service } from './service.ts';

/** A connection that reconnects by itself, is part of readiness, and is closed at shutdown. */
export function createRedis({ service, url }: { service: Service; url: string }): Redis {
  const redis = new Redis(url, { maxRetriesPerRequest: 1 });
  redis.on('error', (error) => service.logger.warn({ err: error }, 'redis connection failed'));
  service.addReadinessCheck('redis', () => redis.ping());
  service.shutdown.add('redis', async () => redis.disconnect());
  return redis;
}
