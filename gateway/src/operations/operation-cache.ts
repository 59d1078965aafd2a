import { LRUCache } from 'lru-cache';
import type { CompileOperation, InvalidOperation, OperationText } from './compile-operation.ts';
import type { CompiledOperation } from './compiled-operation.ts';

/**
 * A compiled operation holds its text, its parsed form, plans and projections. About this much, by the
 * memory that thousands of small ones took (the benchmark's memory load).
 */
const bytesPerCharacter = 150;
const bytesBesides = 30_000;

export interface OperationCache {
  compile: CompileOperation;
  /** The operations asked for last, newest first. */
  recent(count: number): OperationText[];
}

export interface OperationCacheOptions {
  compile: CompileOperation;
  maxBytes: number;
  onLookup?: (hit: boolean) => void;
}

/** Compiles each text once, as long as there is room; refused ones too, for they come again. */
export function createOperationCache(options: OperationCacheOptions): OperationCache {
  const { compile, maxBytes, onLookup } = options;
  const compiled = new LRUCache<string, CompiledOperation | InvalidOperation>({
    maxSize: maxBytes,
    sizeCalculation: (_, key) => bytesBesides + key.length * bytesPerCharacter,
  });
  return {
    compile(source, step) {
      const key = `${source.operationName ?? ''}\n${source.text}`;
      const known = compiled.get(key);
      onLookup?.(known !== undefined);
      if (known) return known;
      const fresh = compile(source, step);
      compiled.set(key, fresh);
      return fresh;
    },
    recent: (count) =>
      [...compiled.keys()].slice(0, count).map((key) => {
        const end = key.indexOf('\n');
        return { text: key.slice(end + 1), operationName: key.slice(0, end) || undefined };
      }),
  };
}
