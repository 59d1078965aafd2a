import type { BaseOptions } from '@platformatic/kafka';

/** `kafka://broker-1:9092,broker-2:9092`. */
export function kafkaOptions(url: string): BaseOptions {
  return {
    clientId: 'tributary',
    bootstrapBrokers: url.replace(/^kafka:\/\//, '').split(','),
    // A caller waits for the promise of durability, so an absent broker is said soon. An idempotent
    // producer takes one retry, or none, for retries without end.
    retries: 2,
    retryDelay: 300,
    timeout: 5_000,
    connectTimeout: 2_000,
  };
}
