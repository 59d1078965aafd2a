/**
 * Which access tokens stopped being good before their end. The users service says so on a channel;
 * what was said while nobody listened here is caught up with whenever the connection is new.
 * While Redis is away nothing new is heard: tokens are then good until they end, an hour at most.
 */
import {
  type Logger,
  type Revocation,
  revocationMemoryMilliseconds,
  revocationSchema,
  revocationsChannel,
  revocationsKey,
} from '@tributary/chassis';
import type { Redis } from 'ioredis';
import { LRUCache } from 'lru-cache';

export interface IssuedToken {
  subject: string;
  workspace: string;
  session: string | undefined;
  /** In milliseconds since the epoch. */
  issuedAt: number;
}

export interface Revocations {
  /** Looks in memory only. */
  isRevoked(token: IssuedToken): boolean;
}

/** More than this within an hour push out the oldest, whose tokens then live until they end. */
const mostRevocations = 1_000_000;

/** `subscriber` listens and can do nothing else; `redis` reads what was missed. */
export function createRevocations(options: {
  subscriber: Redis;
  redis: Redis;
  logger: Logger;
}): Revocations {
  const { subscriber, redis, logger } = options;
  /** From whose tokens to the instant until which they are not good, in milliseconds. */
  const known = new LRUCache<string, number>({
    max: mostRevocations,
    ttl: revocationMemoryMilliseconds,
  });

  function take(text: string): void {
    const parsed = revocationSchema.safeParse(parseJson(text));
    if (!parsed.success) return void logger.error('passed over a revocation that is none');
    const at = Date.parse(parsed.data.at);
    const key = keyOf(parsed.data);
    known.set(key, Math.max(at, known.get(key) ?? 0));
  }

  async function listen(): Promise<void> {
    await subscriber.subscribe(revocationsChannel);
    const since = Date.now() - revocationMemoryMilliseconds;
    for (const text of await redis.zrangebyscore(revocationsKey, since, '+inf')) take(text);
  }

  subscriber.on('message', (channel, text) => {
    if (channel === revocationsChannel) take(text);
  });
  subscriber.on('ready', () => {
    listen().catch((error: unknown) => logger.warn({ err: error }, 'revocations are not heard'));
  });

  return {
    isRevoked({ subject, workspace, session, issuedAt }) {
      if (known.size === 0) return false;
      if (session !== undefined && known.has(`session ${session}`)) return true;
      const until = Math.max(
        known.get(`subject ${subject}`) ?? -1,
        known.get(`member ${subject} ${workspace}`) ?? -1,
      );
      return issuedAt <= until;
    },
  };
}

function keyOf({ subject, workspace, session }: Revocation): string {
  if (session !== undefined) return `session ${session}`;
  return workspace === undefined ? `subject ${subject}` : `member ${subject} ${workspace}`;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
