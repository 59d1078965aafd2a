import {
  type Attributes,
  type Context,
  type Span as OpenTelemetrySpan,
  ROOT_CONTEXT,
  SpanKind,
  SpanStatusCode,
  trace,
} from '@opentelemetry/api';
import { setGlobalErrorHandler, W3CTraceContextPropagator } from '@opentelemetry/core';
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-http';
import { resourceFromAttributes } from '@opentelemetry/resources';
import {
  BasicTracerProvider,
  BatchSpanProcessor,
  ParentBasedSampler,
  TraceIdRatioBasedSampler,
} from '@opentelemetry/sdk-trace-base';
import { ATTR_SERVICE_NAME } from '@opentelemetry/semantic-conventions';
import type { Logger } from '@tributary/chassis';
import type { Span, TraceContext } from './span.ts';
import type { Telemetry } from './telemetry.ts';

export interface OtlpTelemetryOptions {
  /** Base URL of an OTLP/HTTP receiver; spans go to `/v1/traces` below it. */
  endpoint: string;
  /** E.g. the receiver's key. */
  headers: Readonly<Record<string, string>>;
  serviceName: string;
  /** Share of traces begun here that are recorded; a trace that comes in decides for itself. */
  sampling: number;
  logger: Logger;
}

/** An export is given up after this, its retries included; so shutting down waits no longer either. */
const exportMilliseconds = 3_000;

/** A span of OpenTelemetry's, and the context in which its children are. */
interface RecordedSpan extends Span {
  context: Context;
}

const propagator = new W3CTraceContextPropagator();

const fromHeaders = {
  keys: (headers: object) => Object.keys(headers),
  get: (headers: object, name: string) => (headers as Record<string, string>)[name],
};
const toHeaders = {
  set: (headers: Record<string, string>, name: string, value: string) =>
    void Object.assign(headers, { [name]: value }),
};

/** Records spans and sends them in batches; a receiver that is away costs spans, never requests. */
export function createOtlpTelemetry(options: OtlpTelemetryOptions): Telemetry {
  const lose = (error: unknown) => options.logger.warn({ err: error }, 'spans were lost');
  setGlobalErrorHandler(lose);
  const provider = createProvider(options);
  const tracer = provider.getTracer('tributary-gateway');

  function start(
    name: string,
    parent: Context,
    { kind, attributes }: { kind: SpanKind; attributes: Attributes | undefined },
  ): RecordedSpan {
    const span = tracer.startSpan(name, { kind, ...(attributes && { attributes }) }, parent);
    return toSpan(span, trace.setSpan(parent, span));
  }

  return {
    request: (headers, attributes) =>
      start('request', propagator.extract(ROOT_CONTEXT, headers, fromHeaders), {
        kind: SpanKind.SERVER,
        attributes,
      }),
    span: (name, parent, attributes) =>
      start(name, contextOf(parent), {
        kind: name === 'fetch' ? SpanKind.CLIENT : SpanKind.INTERNAL,
        attributes,
      }),
    close: () => provider.shutdown().catch(lose),
  };
}

function createProvider({ endpoint, headers, serviceName, sampling }: OtlpTelemetryOptions) {
  const exporter = new OTLPTraceExporter({
    url: `${endpoint.replace(/\/+$/, '')}/v1/traces`,
    headers: { ...headers },
    timeoutMillis: exportMilliseconds,
  });
  return new BasicTracerProvider({
    resource: resourceFromAttributes({ [ATTR_SERVICE_NAME]: serviceName }),
    sampler: new ParentBasedSampler({ root: new TraceIdRatioBasedSampler(sampling) }),
    spanProcessors: [new BatchSpanProcessor(exporter)],
  });
}

function toSpan(span: OpenTelemetrySpan, context: Context): RecordedSpan {
  return {
    context,
    set: (attributes) => void span.setAttributes(attributes),
    fail(reason) {
      span.setStatus({ code: SpanStatusCode.ERROR, message: reason });
      span.end();
    },
    end: () => span.end(),
    outgoing: () => headersOf(context),
  };
}

function headersOf(context: Context): TraceContext {
  const headers: Record<string, string> = {};
  propagator.inject(context, headers, toHeaders);
  return { traceparent: headers.traceparent, tracestate: headers.tracestate };
}

function contextOf(parent: Span | undefined): Context {
  return parent && 'context' in parent ? (parent as RecordedSpan).context : ROOT_CONTEXT;
}
