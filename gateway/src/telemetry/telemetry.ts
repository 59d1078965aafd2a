import type { IncomingHttpHeaders } from 'node:http';
import type { Span, SpanAttributes } from './span.ts';

export interface Telemetry {
  /** A client's request, which goes on with the trace that its headers name. */
  request(headers: IncomingHttpHeaders, attributes?: SpanAttributes): Span;
  /** A step of the work of `parent`; without a parent, a trace of its own. */
  span(name: string, parent: Span | undefined, attributes?: SpanAttributes): Span;
  /** Sends what is still here. */
  close(): Promise<void>;
}
