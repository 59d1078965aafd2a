/**
 * What other servers say of a key: cached, at most 16 requests at a time, and a server that fails five
 * times in a row is left alone for ten seconds. Only hosts that the operator names are asked, since a
 * pipeline is written by people who may not reach everything that this process can.
 */
import {
  BrokenCircuitError,
  bulkhead,
  type CircuitBreakerPolicy,
  ConsecutiveBreaker,
  circuitBreaker,
  handleAll,
} from 'cockatiel';
import { LRUCache } from 'lru-cache';
import type { EventData } from './field-path.ts';
import { messageOf } from './message-of.ts';
import { findUnstorable } from './unstorable.ts';

const mostAnswers = 50_000;
/** Of all answers that are held, in JSON: what a thousand records wait for has room twice. */
const mostBytesHeld = 134_217_728;
const largestAnswer = 65_536;
const deadlineMilliseconds = 2_000;
const mostAtATime = 16;
/** For all that records wait for at once: others wait for them. */
const patienceMilliseconds = 5_000;
/** Long enough for the records that wait for an answer, whatever may be cached. */
const shortestMilliseconds = 5_000;
/** The same for an answer that failed: the next batch may have more luck. */
const failedMilliseconds = 1_000;

export interface HttpRequest {
  url: string;
  cacheSeconds: number;
}

/** `known` with nothing in it when the server has no such key. */
export type HttpAnswer = { kind: 'known'; value: EventData } | { kind: 'failed'; reason: string };

export interface HttpLookups {
  isAllowed(host: string): boolean;
  /** The answer that is held; undefined when it has to be fetched. */
  peek(request: HttpRequest): HttpAnswer | undefined;
  /** Fetches what is asked for, each once; afterwards each has an answer, if only that it failed. */
  fetchAll(requests: readonly HttpRequest[]): Promise<void>;
}

export function createHttpLookups({
  hosts,
  mostBytes = mostBytesHeld,
}: {
  hosts: readonly string[];
  mostBytes?: number;
}): HttpLookups {
  const answers = new LRUCache<string, HttpAnswer>({ max: mostAnswers, maxSize: mostBytes });
  const breakers = new LRUCache<string, CircuitBreakerPolicy>({ max: 1_000 });
  const crowd = bulkhead(mostAtATime, Number.POSITIVE_INFINITY);
  const isAllowed = (host: string) => hosts.includes(host);

  function breakerOf(host: string): CircuitBreakerPolicy {
    const known = breakers.get(host);
    if (known) return known;
    const breaker = circuitBreaker(handleAll, {
      halfOpenAfter: 10_000,
      breaker: new ConsecutiveBreaker(5),
    });
    breakers.set(host, breaker);
    return breaker;
  }

  async function ask(request: HttpRequest, until: number): Promise<void> {
    const { url, cacheSeconds } = request;
    const key = keyOf(request);
    const { host } = new URL(url);
    try {
      if (Date.now() > until) throw new Error('there was more to ask than there was time for');
      if (!isAllowed(host)) throw new Error(`${host} is not among HTTP_STAGE_HOSTS`);
      const { value, length } = await breakerOf(host).execute(() => readAnswer(url));
      const ttl = Math.max(cacheSeconds * 1_000, shortestMilliseconds);
      answers.set(key, { kind: 'known', value }, { ttl, size: key.length + length });
    } catch (error) {
      const reason = `${host} gave no answer: ${causeOf(error)}`;
      const size = key.length + reason.length;
      answers.set(key, { kind: 'failed', reason }, { ttl: failedMilliseconds, size });
    }
  }

  return {
    isAllowed,
    // Without a note of its use: whoever asks may be ended in the middle of it.
    peek: (request) => answers.peek(keyOf(request)),
    async fetchAll(requests) {
      const byKey = new Map(requests.map((request) => [keyOf(request), request]));
      const until = Date.now() + patienceMilliseconds;
      await Promise.all(
        [...byKey.values()].map((request) => crowd.execute(() => ask(request, until))),
      );
    },
  };
}

/** How fresh an answer has to be is each stage's own, so none gets what another keeps for longer. */
function keyOf({ url, cacheSeconds }: HttpRequest): string {
  return `${cacheSeconds} ${url}`;
}

/** The answer, and the length of its JSON. @throws an Error for anything but JSON, of at most 64 KB, within two seconds. */
async function readAnswer(url: string): Promise<{ value: EventData; length: number }> {
  const response = await fetch(url, {
    headers: { accept: 'application/json' },
    redirect: 'error',
    signal: AbortSignal.timeout(deadlineMilliseconds),
  });
  if (response.status === 404) {
    await response.body?.cancel();
    return { value: {}, length: 0 };
  }
  if (!response.ok) {
    await response.body?.cancel();
    throw new Error(`status ${response.status}`);
  }
  const text = await readText(response);
  const value: unknown = JSON.parse(text);
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new Error('expected a JSON object');
  }
  const unstorable = findUnstorable(value);
  if (unstorable) throw new Error(unstorable.reason);
  return { value: value as EventData, length: text.length };
}

async function readText({ body }: Response): Promise<string> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of body ?? []) {
    length += chunk.length;
    if (length > largestAnswer) throw new Error('expected at most 64 KB, got more');
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

function causeOf(error: unknown): string {
  if (error instanceof BrokenCircuitError) return 'it failed too often lately';
  const inner = error instanceof Error && error.cause instanceof Error ? error.cause : error;
  return messageOf(inner);
}
