import type { Logger } from '@tributary/chassis';
import { operationsChangedChannel } from '@tributary/operations';
import type { Redis } from 'ioredis';

export interface TellGatewaysOptions {
  redis: Redis;
  logger: Pick<Logger, 'warn'>;
}

/** Says that what a client's keys run is different. Whoever does not hear it asks again within seconds. */
export function createTellGateways({ redis, logger }: TellGatewaysOptions) {
  return async (clientId: string): Promise<void> => {
    try {
      await redis.publish(operationsChangedChannel, clientId);
    } catch (error) {
      logger.warn({ err: error }, 'gateways were not told of changed operations');
    }
  };
}
