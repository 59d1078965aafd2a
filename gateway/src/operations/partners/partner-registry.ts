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
  /** When users was asked last, in milliseconds since the epoch: it holds from then on. */
  askedAt: number;
  /** Until when it is not asked again. */
  freshUntil: number;
}

/** One that is out. */
interface Question {
  client: string;
  askedAt: number;
  /** Something changed since: the answer may be from before, and is nothing to keep. */
  isOvertaken: boolean;
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
  const asked = new Map<string, { question: Question; answer: Promise<KnownOperations> }>();
  const listeners: ((client: string) => void)[] = [];

  async function ask(question: Question): Promise<KnownOperations> {
    const { client } = question;
    const entry = known.get(client);
    const response = await fetch(`${usersUrl}/internal/operations/${client}`, {
      headers: {
        [passportHeader]: await signPassport({ kind: 'anonymous' }),
        ...(entry && { 'if-none-match': entry.etag }),
      },
      signal: AbortSignal.timeout(timeoutMilliseconds),
    }).catch(() => undefined);
    if (response?.status === 304 && entry) return keep(question, entry);
    if (response?.status === 404) {
      known.delete(client);
      throw new TributaryError('UNAUTHENTICATED', 'The API client of this key is no more.');
    }
    // Cut off on its way, an answer is none.
    const said = response?.ok ? await response.json().catch(() => undefined) : undefined;
    if (said === undefined) return lastKnown(known.get(client));
    const operations = knowOperations(partnerOperationsSchema.parse(said));
    return keep(question, { operations, etag: response?.headers.get('etag') ?? '' });
  }

  function keep(
    { client, askedAt, isOvertaken }: Question,
    { operations, etag }: Pick<Entry, 'operations' | 'etag'>,
  ): KnownOperations {
    const freshUntil = askedAt + freshMilliseconds;
    if (!isOvertaken) known.set(client, { operations, etag, askedAt, freshUntil });
    return operations;
  }

  /** Others are asked about, so that requests of one client wait for one answer. */
  function askOnce(client: string): Promise<KnownOperations> {
    const waiting = asked.get(client);
    if (waiting) return waiting.answer;
    const question = { client, askedAt: Date.now(), isOvertaken: false };
    const answer = ask(question).finally(() => {
      if (!question.isOvertaken) asked.delete(client);
    });
    asked.set(client, { question, answer });
    return answer;
  }

  /** The next request asks anew. */
  function overtake(client: string): void {
    const waiting = asked.get(client);
    if (waiting) waiting.question.isOvertaken = true;
    asked.delete(client);
  }

  /** What it was is known to be over: it holds no longer, be users away or not. */
  function changed(client: string): void {
    known.delete(client);
    overtake(client);
    for (const listener of listeners) listener(client);
  }

  async function listen(redis: Redis): Promise<void> {
    await redis.subscribe(operationsChangedChannel);
    // What was said while nobody listened here is asked for.
    for (const entry of known.values()) entry.freshUntil = 0;
    for (const client of [...asked.keys()]) overtake(client);
  }

  subscriber?.on('ready', () => {
    listen(subscriber).catch((error: unknown) =>
      logger.warn({ err: error }, 'changed operations are not heard'),
    );
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
  if (entry && entry.askedAt + heldMilliseconds > Date.now()) return entry.operations;
  throw new TributaryError('UNAVAILABLE', 'What this key runs cannot be told for the moment.');
}
