import type { IncomingHttpHeaders } from 'node:http';
import type { Span, TraceContext } from './span.ts';
import type { Telemetry } from './telemetry.ts';

// https://www.w3.org/TR/trace-context/#traceparent-header, of the one version there is.
const traceparentPattern = /^00-(?!0{32})[0-9a-f]{32}-(?!0{16})[0-9a-f]{16}-[0-9a-f]{2}$/;
const tracestatePattern = /^[\x20-\x7e]{1,512}$/;

/** Records nothing and makes no objects: a step is its parent. A trace that comes in still reaches the subgraphs. */
export const silentTelemetry: Telemetry = {
  request: ({ traceparent, tracestate }) =>
    typeof traceparent === 'string' && traceparentPattern.test(traceparent)
      ? createSilentSpan({ traceparent, tracestate: sane(tracestate) })
      : silentSpan,
  span: (_, parent) => parent ?? silentSpan,
  close: async () => {},
};

const silentSpan = createSilentSpan({ traceparent: undefined, tracestate: undefined });

function createSilentSpan(context: TraceContext): Span {
  return { set: nothing, fail: nothing, end: nothing, outgoing: () => context };
}

function nothing(): void {}

function sane(tracestate: IncomingHttpHeaders[string]): string | undefined {
  return typeof tracestate === 'string' && tracestatePattern.test(tracestate)
    ? tracestate
    : undefined;
}
