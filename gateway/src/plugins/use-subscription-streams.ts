import { TributaryError } from '@tributary/errors';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { clientFactsOf } from '../identity/client-facts-of.ts';
import type { Identify } from '../identity/identify.ts';
import type { Client, Clients } from '../subscribe/clients.ts';
import { endings } from '../subscribe/endings.ts';
import type { Subscribe } from '../subscribe/subscribe.ts';
import { streamSubscription } from '../subscribe/transports/http-stream.ts';
import { streamFormatFor } from '../subscribe/transports/stream-format.ts';
import { clientIdentity } from './graphql-over-http/client-identity.ts';

export interface SubscriptionStreamOptions {
  identify: Identify;
  subscribe: Subscribe;
  clients: Clients;
  /** Proxies in front whose word on a client's address is believed. */
  trustedProxies: number;
}

/** Subscriptions over HTTP at `/graphql`, for requests that accept an event stream or parts of one. */
export function useSubscriptionStreams(
  http: FastifyInstance,
  { identify, subscribe, clients, trustedProxies }: SubscriptionStreamOptions,
): void {
  http.addHook('preHandler', async (request, reply) => {
    const format = isGraphQL(request) && streamFormatFor(request.headers.accept);
    if (!format) return;
    const { authorization, origin } = request.headers;
    const { address } = clientFactsOf(request, trustedProxies);
    const identity = await identify(authorization, { address, origin });
    const client: Client = {
      address,
      application: clientIdentity(request.headers),
      identity: undefined,
      end: () => {},
    };
    if (!clients.enter(client)) throw tooMany(reply);
    try {
      if (!clients.identify(client, identity)) throw tooMany(reply);
      reply.hijack();
      const response = reply.raw;
      response.writeHead(200, {
        ...(reply.getHeaders() as Record<string, string>),
        'content-type': format.contentType,
        'cache-control': 'no-store',
      });
      const payload = payloadOf(request);
      await streamSubscription({ response, format, payload, client, subscribe });
    } finally {
      clients.leave(client);
    }
  });
}

function isGraphQL({ routeOptions }: FastifyRequest): boolean {
  return routeOptions.url === '/graphql';
}

/** The body, or for GET the query string; browsers' EventSource resumes with the last event's id. */
function payloadOf({ method, body, query, headers }: FastifyRequest): unknown {
  const payload = method === 'GET' ? fromQuery(query as Record<string, string>) : body;
  const cursor = headers['last-event-id'];
  if (typeof cursor !== 'string' || typeof payload !== 'object') return payload;
  return { ...payload, extensions: { resume: { cursor } } };
}

function fromQuery(query: Readonly<Record<string, string>>): Record<string, unknown> {
  const { variables, extensions, ...rest } = query;
  return {
    ...rest,
    variables: parse('variables', variables),
    extensions: parse('extensions', extensions),
  };
}

function parse(name: string, text: string | undefined): unknown {
  try {
    return text === undefined ? undefined : JSON.parse(text);
  } catch {
    throw new TributaryError('INVALID_INPUT', `${name}: expected JSON.`, [name]);
  }
}

function tooMany(reply: FastifyReply): TributaryError {
  reply.header('retry-after', endings.tooManyConnections.retryAfter / 1_000);
  return new TributaryError('RATE_LIMITED', `There are ${endings.tooManyConnections.reason}.`);
}
