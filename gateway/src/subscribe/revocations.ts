import type { Logger } from '@tributary/chassis';
import { parseRevocation, type Revocation, revocationChannel } from '@tributary/pubsub';
import type { Redis } from 'ioredis';

export interface RevocationOptions {
  /** A connection that nothing else subscribes with. */
  redis: Redis;
  logger: Logger;
  onRevocation: (revocation: Revocation) => void;
}

/** Hears which sessions and memberships end, whenever Redis is there. */
export function listenToRevocations({ redis, logger, onRevocation }: RevocationOptions): void {
  redis.on('ready', () => {
    redis
      .subscribe(revocationChannel)
      .catch((error: unknown) => logger.warn({ err: error }, 'revocations are not heard of'));
  });
  redis.on('message', (_, text: string) => {
    try {
      onRevocation(parseRevocation(text));
    } catch (error) {
      logger.error({ err: error }, 'what was published is no revocation');
    }
  });
}
