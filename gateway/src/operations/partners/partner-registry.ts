/**
 * What partners' keys run, kept in memory. The users service is asked for what is not known, and
 * again every few seconds, which costs it a look at one row; that something changed is also told
 * over Redis, so that it is felt at once.
 */
import { type Logger, type PassportSigner, passportHeader } from '@tributary/chassis';
import { TributaryError } from '@tributary/errors';
import { operationsChangedChannel, partnerOperationsSchema } from '@tributary/operations';
import type { Redis } from 'ioredis';
import { LRUCache } from 'lru-cache';
import { type KnownOperations, knowOperations } from './known-operations.ts';

export interface PartnerRegistry {
  /**
   * At once, as long as what is known is fresh.
   * @throws UNAUTHENTICATED for a client that is no more, UNAVAILABLE when nobody can tell.
   */
  operationsOf(client: string): KnownOperations | Promise<KnownOperations>;
  /** Hears, by its id, of each client whose operations changed. */
  onChanged(listener: (client: string) => void): void;
}

export interface PartnerRegistryOptions {
  /** Base URL of the users service. */
  usersUrl: string;
  signPassport: PassportSigner;
  /** Listens, and can do nothing else; undefined where there is no Redis. */
  subscriber: Redis | undefined;
  logger: Logger;
}

interface Entry {
  operations: KnownOperations;
  etag: string;
  /** When users said so last, in milliseconds since the epoch. */
  saidAt: number;
  /** Until when it is not asked again. */
  freshUntil: number;
}

/** Together with asking again, a change is felt within five seconds even if nobody hears of it. */
const freshMilliseconds = 4_000;
/** While users is away, what it said last holds as long as what it said of keys. */
const heldMilliseconds = 60_000;
const timeoutMilliseconds = 5_000;
/** Of all partners' operations in memory. */
const mostCharacters = 64 * 1_048_576;

export function createPartnerRegistry(options: PartnerRegistryOptions): PartnerRegistry {
  const { usersUrl, signPassport, subscriber, logger } = options;
  const known = new LRUCache<string, Entry>({
    maxSize: mostCharacters,
    sizeCalculation: ({ operations }) => operations.size,
  });
  const asked = new Map<string, Promise<KnownOperations>>();
  const listeners: ((client: string) => void)[] = [];

  async function ask(client: string): Promise<KnownOperations> {
    const entry = known.get(client);
    const response = await fetch(`${usersUrl}/internal/operations/${client}`, {
      headers: {
        [passportHeader]: await signPassport({ kind: 'anonymous' }),
        ...(entry && { 'if-none-match': entry.etag }),
      },
      signal: AbortSignal.timeout(timeoutMilliseconds),
    }).catch(() => undefined);
    if (response?.status === 304 && entry) return keep(client, entry);
    if (response?.status === 404) {
      known.delete(client);
      throw new TributaryError('UNAUTHENTICATED', 'The API client of this key is no more.');
    }
    if (!response?.ok) return lastKnown(entry);
    const operations = knowOperations(partnerOperationsSchema.parse(await response.json()));
    return keep(client, { operations, etag: response.headers.get('etag') ?? '' });
  }

  function keep(client: string, { operations, etag }: Pick<Entry, 'operations' | 'etag'>) {
    const saidAt = Date.now();
    known.set(client, { operations, etag, saidAt, freshUntil: saidAt + freshMilliseconds });
    return operations;
  }

  /** Others are asked about, so that requests of one client wait for one answer. */
  function askOnce(client: string): Promise<KnownOperations> {
    const waiting = asked.get(client) ?? ask(client).finally(() => asked.delete(client));
    asked.set(client, waiting);
    return waiting;
  }

  function changed(client: string): void {
    const entry = known.get(client);
    if (entry) entry.freshUntil = 0;
    for (const listener of listeners) listener(client);
  }

  subscriber?.on('ready', () => {
    // What was said while nobody listened here is asked for.
    for (const entry of known.values()) entry.freshUntil = 0;
    subscriber
      .subscribe(operationsChangedChannel)
      .catch((error: unknown) => logger.warn({ err: error }, 'changed operations are not heard'));
  });
  subscriber?.on('message', (channel, client) => {
    if (channel === operationsChangedChannel) changed(client);
  });

  return {
    operationsOf(client) {
      const entry = known.get(client);
      return entry && entry.freshUntil > Date.now() ? entry.operations : askOnce(client);
    },
    onChanged: (listener) => void listeners.push(listener),
  };
}

/** @throws UNAVAILABLE when it was too long ago, or never. */
function lastKnown(entry: Entry | undefined): KnownOperations {
  if (entry && entry.saidAt + heldMilliseconds > Date.now()) return entry.operations;
  throw new TributaryError('UNAVAILABLE', 'What this key runs cannot be told for the moment.');
}
