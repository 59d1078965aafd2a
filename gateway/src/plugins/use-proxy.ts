import proxy from '@fastify/http-proxy';
import { addressHeader, agentHeader, passportHeader } from '@tributary/chassis';
import { errorCodes, TributaryError } from '@tributary/errors';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { clientFactsOf } from '../identity/client-facts-of.ts';

export interface ProxyOptions {
  upstream: string;
  prefix: string;
  /** How many proxies stand in front of this gateway. */
  trustedProxies: number;
  /** A passport for the requests that a person or an API client sends, undefined for others. @throws UNAUTHENTICATED. */
  passportOf?: ((request: FastifyRequest) => Promise<string | undefined>) | undefined;
}

/**
 * Streams what comes under `prefix` to a service with a REST edge of its own, which limits bodies
 * and checks who is asking itself. The request id goes along, and where the request came from; a
 * passport or a place that a client made up does not.
 */
export async function useProxy(
  http: FastifyInstance,
  { upstream, prefix, trustedProxies, passportOf }: ProxyOptions,
): Promise<void> {
  const passports = new WeakMap<object, string>();
  await http.register(async (scope) => {
    if (passportOf) {
      scope.addHook('preHandler', async (request) => {
        const passport = await passportOf(request);
        if (passport !== undefined) passports.set(request.raw, passport);
      });
    }
    await scope.register(proxy, {
      upstream,
      prefix,
      rewritePrefix: prefix,
      disableRequestLogging: true,
      replyOptions: {
        rewriteRequestHeaders: (request, headers) => {
          const { address, agent } = clientFactsOf(request, trustedProxies);
          return {
            ...headers,
            [passportHeader]: passports.get(request.raw),
            [addressHeader]: address,
            [agentHeader]: agent,
            'x-request-id': request.id,
          };
        },
        onError: (reply) => {
          reply.send(new TributaryError('UNAVAILABLE', errorCodes.UNAVAILABLE.meaning));
        },
      },
    });
  });
}
