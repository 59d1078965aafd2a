import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Identity } from '../identity/identify.ts';
import { type Asker, askerOf } from '../rate-limits/asker.ts';
import { clientAddress } from '../rate-limits/client-address.ts';
import type { RateLimits } from '../rate-limits/rate-limits.ts';
import { type RateVerdict, rateLimited, rateLimitHeaders } from '../rate-limits/rate-verdict.ts';

export interface RateLimitsPluginOptions {
  rateLimits: RateLimits;
  trustedProxies: number;
  /** Whom the route's `onRequest` found to be asking. */
  identityOf(request: FastifyRequest): Pick<Identity, 'principal' | 'budgets'>;
}

/** Takes every request to `/graphql` from its asker's budget, when it is known who asks and before the body is read. */
export function useRateLimits(http: FastifyInstance, options: RateLimitsPluginOptions): void {
  http.addHook('preParsing', async (request, reply) => {
    if (!request.routeOptions.url?.startsWith('/graphql')) return;
    const verdict = options.rateLimits.request(askerOfRequest(request, options));
    if (!verdict) return;
    reply.headers(rateLimitHeaders(verdict));
    if (verdict.limited) return refuse(request, reply, verdict);
  });
}

/** Whose budget a request is taken from. */
export function askerOfRequest(
  request: FastifyRequest,
  { identityOf, trustedProxies }: Omit<RateLimitsPluginOptions, 'rateLimits'>,
): Asker {
  const { remoteAddress } = request.socket;
  const forwardedFor = request.headers['x-forwarded-for'];
  return askerOf(
    identityOf(request),
    clientAddress({ remoteAddress, forwardedFor }, trustedProxies),
  );
}

function refuse(request: FastifyRequest, reply: FastifyReply, verdict: RateVerdict): FastifyReply {
  const { status, code, message } = rateLimited(verdict);
  return reply
    .status(status)
    .type('application/json; charset=utf-8')
    .send({ errors: [{ message, extensions: { code, requestId: request.id } }] });
}
