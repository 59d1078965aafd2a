export type SpanAttributes = Readonly<Record<string, string | number | boolean | undefined>>;

/** W3C trace context, as headers. https://www.w3.org/TR/trace-context/ */
export interface TraceContext {
  traceparent: string | undefined;
  tracestate: string | undefined;
}

/** A piece of work that a trace shows. */
export interface Span {
  set(attributes: SpanAttributes): void;
  /** Ends it as failed; `reason` must hold nothing of the client's data. */
  fail(reason: string): void;
  end(): void;
  /** What to send along with a request that belongs to it. */
  outgoing(): TraceContext;
}
