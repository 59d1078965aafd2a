/** The closed list of error codes. docs/errors.md is the same table for readers. */
export const errorCodes = {
  INVALID_INPUT: { status: 400, meaning: 'A value is not what was expected; `field` says which.' },
  INVALID_JSON: { status: 400, meaning: 'The body is not JSON, or ends too early.' },
  OPERATION_TOO_COMPLEX: {
    status: 400,
    meaning: 'The operation is over a limit; `dimension`, `limit` and `found` say by how much.',
  },
  PERSISTED_QUERY_NOT_FOUND: {
    status: 200,
    meaning: 'No operation has this id; a client that may register it sends the text along.',
  },
  PERSISTED_QUERY_NOT_SUPPORTED: {
    status: 200,
    meaning: 'Nothing is registered on the fly here: send the text alone.',
  },
  PERSISTED_QUERY_ID_REQUIRED: {
    status: 400,
    meaning: 'This client may only run registered operations, by their id.',
  },
  UNAUTHENTICATED: { status: 401, meaning: 'No token or key, or one that is expired or not ours.' },
  FORBIDDEN: { status: 403, meaning: 'The principal lacks the scope that this needs.' },
  MFA_REQUIRED: {
    status: 403,
    meaning: 'This needs the person’s second factor, shown within the last 15 minutes.',
  },
  NOT_FOUND: { status: 404, meaning: 'There is no such thing in the principal’s workspace.' },
  METHOD_NOT_ALLOWED: { status: 405, meaning: 'What is asked for cannot be had this way.' },
  NOT_ACCEPTABLE: { status: 406, meaning: 'The answer has none of the media types asked for.' },
  TOO_SLOW: {
    status: 408,
    meaning: 'The body came too slowly, and no more of it was waited for.',
  },
  CONFLICT: { status: 409, meaning: 'It exists already, or changed in the meantime.' },
  TOO_LARGE: { status: 413, meaning: 'The body or a value is over its limit.' },
  UNSUPPORTED_MEDIA_TYPE: {
    status: 415,
    meaning: 'The content type is not one that is read here.',
  },
  RATE_LIMITED: {
    status: 429,
    meaning: 'Too many requests; `Retry-After` says when to come again.',
  },
  INTERNAL: { status: 500, meaning: 'A fault of ours. The request id finds it in the logs.' },
  UNAVAILABLE: { status: 503, meaning: 'A part that is needed is away for the moment.' },
  UPSTREAM_TIMEOUT: { status: 504, meaning: 'A part that is needed took too long to answer.' },
} as const satisfies Record<string, { status: number; meaning: string }>;

export type ErrorCode = keyof typeof errorCodes;

/** Whether something unknown, e.g. of another service's answer, is one of the list. */
export function isErrorCode(code: unknown): code is ErrorCode {
  return typeof code === 'string' && Object.hasOwn(errorCodes, code);
}
