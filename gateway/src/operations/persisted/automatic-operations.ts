/**
 * Automatic persisted queries: texts that clients register by their SHA-256 as they go. Kept in
 * memory, bounded by bytes, and where there is one in a store that gateways share. A cache: what is
 * gone is sent again by its client.
 */
import { textHash } from '@tributary/operations';
import { LRUCache } from 'lru-cache';

/** Texts by hash, between gateways. A rejected promise counts as a miss. */
export interface SharedTexts {
  get(hash: string): Promise<string | undefined>;
  set(hash: string, text: string): Promise<void>;
}

export interface AutomaticOperations {
  /** At once when it is here; a promise only when the shared store has to be asked. */
  find(hash: string): string | undefined | Promise<string | undefined>;
  /** False: the text's hash is another one; nothing is kept. */
  register(hash: string, text: string): boolean;
}

export interface AutomaticOperationsOptions {
  /** Of the texts in memory, in UTF-16. */
  maxBytes: number;
  shared?: SharedTexts | undefined;
  /** Hears of failures of the shared store; operations go on without it. */
  onSharedError?: (error: unknown) => void;
}

const sha256 = /^[0-9a-f]{64}$/;

export function createAutomaticOperations({
  maxBytes,
  shared,
  onSharedError = () => {},
}: AutomaticOperationsOptions): AutomaticOperations {
  const texts = new LRUCache<string, string>({
    maxSize: maxBytes,
    sizeCalculation: (text, hash) => 2 * (text.length + hash.length),
  });

  const ask = async (store: SharedTexts, hash: string) => {
    try {
      const text = await store.get(hash);
      // Others write there too; a text is only what its hash says it is.
      if (text === undefined || textHash(text) !== hash) return undefined;
      texts.set(hash, text);
      return text;
    } catch (error) {
      onSharedError(error);
      return undefined;
    }
  };

  return {
    find(hash) {
      if (!sha256.test(hash)) return undefined;
      return texts.get(hash) ?? (shared && ask(shared, hash));
    },
    register(hash, text) {
      if (texts.get(hash) === text) return true;
      if (textHash(text) !== hash) return false;
      texts.set(hash, text);
      shared?.set(hash, text).catch(onSharedError);
      return true;
    },
  };
}
