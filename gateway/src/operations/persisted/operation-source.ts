import type { RegisteredOperation } from '@tributary/operations';

/** Who asks, as far as it is known. */
export interface ClientIdentity {
  name: string | undefined;
  /** Whether the name is proved by a key or a token, or only said in a header. */
  verified: boolean;
}

/**
 * Where registered operations are looked up, synchronously: files today; operations that partners
 * register, in versions per API client, are another source that keeps what it needs in memory.
 */
export interface OperationSource {
  /** By bare id, of what this client may run. */
  find(id: string, client: ClientIdentity): RegisteredOperation | undefined;
  /** By text, to the byte. */
  findText(text: string, client: ClientIdentity): RegisteredOperation | undefined;
}

/**
 * The same for every client.
 * @throws naming both places, when two texts have one id.
 */
export function createOperationSource(operations: readonly RegisteredOperation[]): OperationSource {
  // Maps, since an id is whatever a client sends: `__proto__` is as unknown as any other.
  const byId = new Map<string, RegisteredOperation>();
  const byText = new Map<string, RegisteredOperation>();
  for (const operation of operations) {
    const known = byId.get(operation.id);
    if (known && known.text !== operation.text) {
      throw new Error(
        `${operation.origin} and ${known.origin} register different texts as ${operation.id}.`,
      );
    }
    byId.set(operation.id, operation);
    byText.set(operation.text, operation);
  }
  return { find: (id) => byId.get(id), findText: (text) => byText.get(text) };
}

/** The first source that knows an operation gives it. */
export function combineSources(sources: readonly OperationSource[]): OperationSource {
  return {
    find: (id, client) => firstOf(sources, (source) => source.find(id, client)),
    findText: (text, client) => firstOf(sources, (source) => source.findText(text, client)),
  };
}

function firstOf<Found>(
  sources: readonly OperationSource[],
  find: (source: OperationSource) => Found | undefined,
): Found | undefined {
  for (const source of sources) {
    const found = find(source);
    if (found) return found;
  }
  return undefined;
}
