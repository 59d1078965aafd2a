import {
  addressHeader,
  agentHeader,
  type PassportSigner,
  passportHeader,
} from '@tributary/chassis';
import type { Context } from '../../context.ts';
import type { Span } from '../../telemetry/span.ts';

/** Everything a subgraph is told besides the operation: nothing of the client's own headers goes along. */
export type RequestHeaders = (context: Context, span: Span) => Promise<string[]>;

/** As a flat list of names and values, the form undici copies least. */
export function createRequestHeaders({
  signPassport,
}: {
  signPassport: PassportSigner | undefined;
}): RequestHeaders {
  return async (context, span) => {
    const headers = [
      'content-type',
      'application/json',
      'accept',
      'application/graphql-response+json, application/json;q=0.9',
      'x-request-id',
      context.requestId,
    ];
    if (signPassport) headers.push(passportHeader, await signPassport(context.principal));
    const { client } = context;
    if (client) headers.push(addressHeader, client.address, agentHeader, client.agent);
    const { traceparent, tracestate } = span.outgoing();
    if (traceparent) headers.push('traceparent', traceparent);
    if (traceparent && tracestate) headers.push('tracestate', tracestate);
    return headers;
  };
}
