/** From what a request names to the text that runs: by id, by hash, or as sent, where that is allowed. */
import { type ErrorCode, TributaryError } from '@tributary/errors';
import type { AutomaticOperations } from './automatic-operations.ts';
import type { ClientIdentity, OperationSource } from './operation-source.ts';
import type { PersistedMode } from './persisted-configuration.ts';
import {
  type OperationParameters,
  type RequestedOperation,
  requestedOperation,
} from './requested-operation.ts';

export interface ResolvedOperation {
  kind: 'resolved';
  text: string;
  /** As the client named it; undefined when it sent the text alone. */
  id: string | undefined;
  registered: boolean;
}

export interface RefusedOperation {
  kind: 'refused';
  /** Its code is INVALID_INPUT or one of PERSISTED_QUERY_*. */
  error: TributaryError;
}

export type Resolution = ResolvedOperation | RefusedOperation;

export interface ResolverOptions {
  source: OperationSource;
  /** Undefined: clients register nothing themselves. */
  automatic: AutomaticOperations | undefined;
  modeOf: (client: ClientIdentity) => PersistedMode;
  /** Hears, in mode `log`, of every operation that runs without being registered. */
  onUnregistered: (operation: ResolvedOperation, client: ClientIdentity) => void;
}

/** At once, but where another gateway may know the text: only then is a promise given. */
export type ResolveOperation = (
  parameters: OperationParameters,
  client: ClientIdentity,
) => Resolution | Promise<Resolution>;

export function createOperationResolver(options: ResolverOptions): ResolveOperation {
  const { source, automatic, modeOf, onUnregistered } = options;

  return (parameters, client) => {
    try {
      const request = requestedOperation(parameters);
      return registeredOperation(request, client) ?? unregisteredOperation(request, client);
    } catch (error) {
      if (error instanceof TributaryError) return { kind: 'refused', error };
      throw error;
    }
  };

  function registeredOperation(
    { id, text }: RequestedOperation,
    client: ClientIdentity,
  ): Resolution | undefined {
    const registered = id === undefined ? undefined : source.find(id, client);
    if (!registered) return undefined;
    if (text !== undefined && text !== registered.text) {
      return refused('INVALID_INPUT', 'query is not the text that is registered by this id.', [
        'query',
      ]);
    }
    return { kind: 'resolved', text: registered.text, id, registered: true };
  }

  function unregisteredOperation(
    request: RequestedOperation,
    client: ClientIdentity,
  ): Resolution | Promise<Resolution> {
    const { id, text } = request;
    if (modeOf(client) === 'registered-only') {
      return text === undefined ? notFound() : refused('PERSISTED_QUERY_ID_REQUIRED', idRequired);
    }
    if (text !== undefined) return sentText(request, text, client);
    if (!automatic) return request.isAutomatic ? notSupported() : notFound();
    const found = automatic.find(id ?? '');
    return found instanceof Promise
      ? found.then((later) => knownText(later, id, client))
      : knownText(found, id, client);
  }

  function sentText(
    { id, isAutomatic }: RequestedOperation,
    text: string,
    client: ClientIdentity,
  ): Resolution {
    if (isAutomatic && id !== undefined && automatic && !automatic.register(id, text)) {
      return refused('INVALID_INPUT', 'sha256Hash is not the SHA-256 of query.', [
        'extensions',
        'persistedQuery',
        'sha256Hash',
      ]);
    }
    return running(text, id, client);
  }

  function knownText(
    text: string | undefined,
    id: string | undefined,
    client: ClientIdentity,
  ): Resolution {
    return text === undefined ? notFound() : running(text, id, client);
  }

  function running(text: string, id: string | undefined, client: ClientIdentity): Resolution {
    const operation: ResolvedOperation = { kind: 'resolved', text, id, registered: false };
    if (modeOf(client) === 'log' && !source.findText(text, client)) {
      onUnregistered(operation, client);
    }
    return operation;
  }
}

const idRequired = 'Only registered operations run here: send the id of one as documentId.';

/** Apollo's clients know these two by their message: they then send the text. */
function notFound(): Resolution {
  return refused('PERSISTED_QUERY_NOT_FOUND', 'PersistedQueryNotFound');
}

function notSupported(): Resolution {
  return refused('PERSISTED_QUERY_NOT_SUPPORTED', 'PersistedQueryNotSupported');
}

function refused(code: ErrorCode, message: string, field?: readonly string[]): RefusedOperation {
  return { kind: 'refused', error: new TributaryError(code, message, field) };
}
