import type { Logger } from '@tributary/chassis';
import type { Redis } from 'ioredis';
import { createAutomaticOperations } from './automatic-operations.ts';
import type { PersistedConfiguration } from './persisted-configuration.ts';
import { createModes } from './persisted-mode.ts';
import { createRedisTexts } from './redis-texts.ts';
import type { ResolverOptions } from './resolve-operation.ts';

export interface TextResolutionOptions {
  settings: PersistedConfiguration;
  /** Where gateways share what clients register; undefined: each keeps its own. */
  redis: Redis | undefined;
  logger: Logger;
}

/** What outlives a supergraph of how texts are found: modes, and what clients registered. */
export function createTextResolution({
  settings,
  redis,
  logger,
}: TextResolutionOptions): Omit<ResolverOptions, 'source'> {
  const { enabled, maxBytes, timeToLiveSeconds } = settings.automatic;
  return {
    automatic: enabled
      ? createAutomaticOperations({
          maxBytes,
          shared: redis && createRedisTexts(redis, timeToLiveSeconds),
          onSharedError: (error) =>
            logger.warn({ err: error }, 'texts registered by clients are not shared'),
        })
      : undefined,
    modeOf: createModes(settings),
    onUnregistered: ({ id }, { name }) =>
      logger.info({ operation: id, client: name }, 'an operation runs that is not registered'),
  };
}
