import { type ErrorCode, errorCodes, TributaryError } from '@tributary/errors';

/** How a fetch can fail. What clients see of it, and whether it speaks against the subgraph. */
const failures = {
  /** No connection, or one that broke. */
  unreachable: { code: 'UNAVAILABLE', says: 'does not answer', counts: true },
  /** 502, 503, 504 and 429: somebody said that the subgraph is away or busy. */
  turned_away: { code: 'UNAVAILABLE', says: 'is not available', counts: true },
  /** Another 5xx without GraphQL. */
  status: { code: 'UNAVAILABLE', says: 'failed', counts: true },
  timeout: { code: 'UPSTREAM_TIMEOUT', says: 'took too long', counts: true },
  malformed: { code: 'INTERNAL', says: 'gave no GraphQL answer', counts: true },
  /** A 4xx without GraphQL, or a redirect. Clients may provoke these, so they do not open the breaker. */
  refused: { code: 'INTERNAL', says: 'refused the fetch', counts: false },
  too_large: { code: 'TOO_LARGE', says: 'gave an answer that is too large', counts: false },
  breaker_open: { code: 'UNAVAILABLE', says: 'is not available', counts: false },
  queue_full: { code: 'UNAVAILABLE', says: 'has too much to do', counts: false },
} as const satisfies Record<string, { code: ErrorCode; says: string; counts: boolean }>;

export type FailureKind = keyof typeof failures;

const retryable = new Set<FailureKind>(['unreachable', 'turned_away']);

/** Why there is no answer. For the gateway itself; `toClientFailure` makes the one for clients. */
export class SubgraphFailure extends Error {
  readonly kind: FailureKind;
  /** Whether another attempt may do better. */
  readonly retryable: boolean;
  /** What the subgraph asked to wait, in milliseconds. */
  readonly retryAfter: number | undefined;

  constructor(
    kind: FailureKind,
    message: string,
    more: { cause?: unknown; retryable?: boolean; retryAfter?: number | undefined } = {},
  ) {
    super(message, { cause: more.cause });
    this.name = 'SubgraphFailure';
    this.kind = kind;
    this.retryable = more.retryable ?? retryable.has(kind);
    this.retryAfter = more.retryAfter;
  }

  /** Whether it speaks against the subgraph's health. */
  get counts(): boolean {
    return failures[this.kind].counts;
  }
}

/** What clients may know: the subgraph's name only where nobody is discreet. */
export function toClientFailure(
  { kind }: SubgraphFailure,
  { name, discreet }: { name: string; discreet: boolean },
): TributaryError {
  const { code, says } = failures[kind];
  const message = discreet ? errorCodes[code].meaning : `The subgraph ${name} ${says}.`;
  return new TributaryError(code, message);
}
