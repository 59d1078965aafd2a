import { LRUCache } from 'lru-cache';
import { hashWriteKey, isWriteKey } from './write-key.ts';

/** Which source a write key belongs to. */
export interface KeyedSource {
  id: string;
  workspaceId: string;
}

export type IdentifySource = (writeKey: string) => Promise<KeyedSource | undefined>;

const knownMilliseconds = 10_000;
/** Short, so that a key works soon wherever it was tried before it was there. */
const unknownMilliseconds = 2_000;

/** Looks keys up by hash and remembers the answer for some seconds, refusals too. */
export function createSourceIdentifier(deps: {
  findByWriteKeyHash: (hash: string) => Promise<KeyedSource | undefined>;
}): IdentifySource {
  const found = new LRUCache<string, { source: KeyedSource | undefined }>({
    max: 10_000,
    ttl: knownMilliseconds,
    fetchMethod: async (hash, _, { options }) => {
      const source = await deps.findByWriteKeyHash(hash);
      if (!source) options.ttl = unknownMilliseconds;
      return { source };
    },
  });
  return async (writeKey) =>
    isWriteKey(writeKey) ? (await found.fetch(hashWriteKey(writeKey)))?.source : undefined;
}
