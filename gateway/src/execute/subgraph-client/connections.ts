import type { IncomingHttpHeaders } from 'node:http';
import { type Dispatcher, errors, Pool } from 'undici';
import type { Exchange } from './subgraph-answer.ts';
import { SubgraphFailure } from './subgraph-failure.ts';

export interface Connections {
  /** @throws SubgraphFailure; the signal's reason when that is aborted. */
  post(headers: string[], body: string, signal: AbortSignal): Promise<Exchange>;
  close(): Promise<void>;
}

export interface ConnectionOptions {
  url: string;
  concurrency: number;
  largestAnswer: number;
  attemptTimeout: number | undefined;
}

/**
 * Kept-alive HTTP/1.1 connections to one subgraph. `dispatch` is undici's lowest door: no stream or body
 * object a fetch, and cancelling takes no more than this handler (docs/decisions/013). Redirects are not followed.
 */
export function createConnections(options: ConnectionOptions): Connections {
  const { origin, pathname, search } = new URL(options.url);
  const pool = new Pool(origin, {
    connections: options.concurrency,
    pipelining: 1,
    allowH2: false,
    maxResponseSize: options.largestAnswer,
    // The fetch's own deadline covers both.
    headersTimeout: options.attemptTimeout ?? 0,
    bodyTimeout: 0,
  });
  const path = pathname + search;
  return {
    post: (headers, body, signal) =>
      new Promise((resolve, reject) => {
        if (signal.aborted) return reject(signal.reason);
        const exchange = new ExchangeHandler(signal, resolve, reject);
        pool.dispatch({ path, method: 'POST', headers, body }, exchange);
      }),
    close: () => pool.destroy(),
  };
}

/** Collects one exchange; cancels it, connection and all, when the signal says so. */
class ExchangeHandler implements Dispatcher.DispatchHandler {
  readonly #signal: AbortSignal;
  readonly #resolve: (exchange: Exchange) => void;
  readonly #reject: (reason: unknown) => void;
  readonly #chunks: Buffer[] = [];
  #controller: Dispatcher.DispatchController | undefined;
  #status = 0;
  #headers: IncomingHttpHeaders = {};

  constructor(
    signal: AbortSignal,
    resolve: (exchange: Exchange) => void,
    reject: (reason: unknown) => void,
  ) {
    this.#signal = signal;
    this.#resolve = resolve;
    this.#reject = reject;
    signal.addEventListener('abort', this);
  }

  /** Called by the signal. */
  handleEvent(): void {
    this.#controller?.abort(toError(this.#signal.reason));
    this.#reject(this.#signal.reason);
  }

  onRequestStart(controller: Dispatcher.DispatchController): void {
    if (this.#signal.aborted) controller.abort(toError(this.#signal.reason));
    else this.#controller = controller;
  }

  onResponseStart(_: unknown, status: number, headers: IncomingHttpHeaders): void {
    this.#status = status;
    this.#headers = headers;
  }

  onResponseData(_: unknown, chunk: Buffer): void {
    this.#chunks.push(chunk);
  }

  onResponseEnd(): void {
    this.#signal.removeEventListener('abort', this);
    const [first, second] = this.#chunks;
    const body = second ? Buffer.concat(this.#chunks) : first;
    this.#resolve({
      status: this.#status,
      contentType: this.#headers['content-type'],
      retryAfter: this.#headers['retry-after'],
      body: body ? body.toString() : '',
    });
  }

  onResponseError(_: unknown, error: Error): void {
    this.#signal.removeEventListener('abort', this);
    this.#reject(this.#signal.aborted ? this.#signal.reason : toFailure(error));
  }
}

function toFailure(error: Error): SubgraphFailure {
  if (error instanceof errors.ResponseExceededMaxSizeError) {
    return new SubgraphFailure('too_large', error.message, { cause: error });
  }
  if (error instanceof errors.HeadersTimeoutError) {
    return new SubgraphFailure('timeout', 'the attempt took too long', {
      cause: error,
      retryable: true,
    });
  }
  return new SubgraphFailure('unreachable', error.message, { cause: error });
}

function toError(reason: unknown): Error {
  return reason instanceof Error ? reason : new Error(String(reason));
}
