/**
 * Which access tokens and API keys stopped being good before their end. The users service says so on a channel;
 * what was said while nobody listened here is caught up with whenever the connection is new.
 * While Redis is away nothing new is heard: tokens are then good until they end, an hour at most.
 */
import {
  type KnownPrincipal,
  type Logger,
  type Revocation,
  revocationMemoryMilliseconds,
  revocationSchema,
  revocationsChannel,
  revocationsKey,
} from '@tributary/chassis';
import type { Redis } from 'ioredis';
import { LRUCache } from 'lru-cache';

export interface Revocations {
  /** Whether what this principal came with, issued at that many milliseconds, was revoked. Looks in memory only. */
  isRevoked(principal: KnownPrincipal, issuedAt: number): boolean;
  /** Hears whose tokens have to be judged anew. */
  onRevoked(listener: (subjects: ReadonlySet<string>) => void): void;
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
  const listeners: ((subjects: ReadonlySet<string>) => void)[] = [];

  function take(texts: readonly string[]): void {
    const subjects = new Set(texts.flatMap((text) => remember(text) ?? []));
    for (const listener of listeners) listener(subjects);
  }

  /** @returns its subject. */
  function remember(text: string): string | undefined {
    const { success, data } = revocationSchema.safeParse(parseJson(text));
    if (!success) return void logger.error('passed over a revocation that is none');
    const key = keyOf(data);
    known.set(key, Math.max(Date.parse(data.at), known.get(key) ?? 0));
    return data.subject;
  }

  async function listen(): Promise<void> {
    await subscriber.subscribe(revocationsChannel);
    const since = Date.now() - revocationMemoryMilliseconds;
    take(await redis.zrangebyscore(revocationsKey, since, '+inf'));
  }

  subscriber.on('message', (channel, text) => {
    if (channel === revocationsChannel) take([text]);
  });
  subscriber.on('ready', () => {
    listen().catch((error: unknown) => logger.warn({ err: error }, 'revocations are not heard'));
  });

  return {
    isRevoked(principal, issuedAt) {
      if (known.size === 0) return false;
      const { subject, workspace } = principal;
      const session = principal.kind === 'user' ? principal.session : principal.key;
      if (session !== undefined && known.has(`session ${session}`)) return true;
      const until = Math.max(
        known.get(`subject ${subject}`) ?? -1,
        known.get(`member ${subject} ${workspace}`) ?? -1,
      );
      return issuedAt <= until;
    },
    onRevoked: (listener) => void listeners.push(listener),
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
