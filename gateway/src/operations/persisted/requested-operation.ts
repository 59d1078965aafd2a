import { TributaryError } from '@tributary/errors';

/** A request's body, or the parameters of its URL, as parsed: nothing about the values is known. */
export interface OperationParameters {
  query?: unknown;
  documentId?: unknown;
  doc_id?: unknown;
  extensions?: unknown;
  /** Of `/graphql/:id`. */
  pathId?: string | undefined;
}

/** What a request names: a text, an id or both. */
export interface RequestedOperation {
  text: string | undefined;
  /** Without the prefix `sha256:`. */
  id: string | undefined;
  /** The id came as Apollo clients send it, who register a text under its hash. */
  isAutomatic: boolean;
}

const maxIdLength = 256;
const prefix = 'sha256:';

/** @throws TributaryError INVALID_INPUT with the field, when values are none or name two operations. */
export function requestedOperation(parameters: OperationParameters): RequestedOperation {
  const hash = sha256HashOf(parameters.extensions);
  const request: RequestedOperation = {
    text: readText(parameters.query),
    id: undefined,
    isAutomatic: hash !== undefined,
  };
  addId(request, ['id'], parameters.pathId);
  addId(request, ['documentId'], parameters.documentId);
  addId(request, ['doc_id'], parameters.doc_id);
  addId(request, ['extensions', 'persistedQuery', 'sha256Hash'], hash);
  if (request.text !== undefined || request.id !== undefined) return request;
  throw invalid('Send the text of an operation as query, or its id as documentId.', ['query']);
}

function readText(query: unknown): string | undefined {
  if (query === undefined || query === null || query === '') return undefined;
  if (typeof query === 'string') return query;
  throw invalid('query is the text of an operation.', ['query']);
}

function sha256HashOf(extensions: unknown): unknown {
  const persisted = isObject(extensions) ? extensions.persistedQuery : undefined;
  if (!isObject(persisted)) return undefined;
  if (persisted.version === 1) return persisted.sha256Hash ?? null;
  throw invalid('persistedQuery is known in version 1.', [
    'extensions',
    'persistedQuery',
    'version',
  ]);
}

function addId(request: RequestedOperation, field: string[], value: unknown): void {
  const isHash = field.length > 1;
  if (value === undefined || (value === null && !isHash)) return;
  if (typeof value !== 'string' || value === '' || value.length > maxIdLength) {
    throw invalid(`An id is a text of 1 to ${maxIdLength} characters.`, field);
  }
  const id = value.startsWith(prefix) ? value.slice(prefix.length) : value;
  if (request.id !== undefined && request.id !== id) {
    throw invalid('The request names two different operations.', field);
  }
  request.id = id;
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}

function invalid(message: string, field: readonly string[]): TributaryError {
  return new TributaryError('INVALID_INPUT', message, field);
}
