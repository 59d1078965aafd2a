import { isApiKey, type PassportSigner } from '@tributary/chassis';
import type { FastifyRequest } from 'fastify';
import { clientFactsOf } from './client-facts-of.ts';
import type { Identify } from './identify.ts';

export interface PassportOfRestOptions {
  identify: Identify;
  signPassport: PassportSigner;
  trustedProxies: number;
}

const restPath = /^\/v1\/(?:imports|exports)(?:[/?]|$)/;
const token = /^Bearer +([\w-]+\.[\w-]+\.[\w-]+) *$/i;

/**
 * Whom a service may believe to be importing or exporting: write keys and links that work once are its own
 * to check, access tokens and API keys are ours. Everything else under /v1 goes through as it comes.
 */
export function createPassportOfRest({
  identify,
  signPassport,
  trustedProxies,
}: PassportOfRestOptions) {
  return async (request: FastifyRequest): Promise<string | undefined> => {
    const { authorization, origin } = request.headers;
    if (!restPath.test(request.url) || authorization === undefined) return undefined;
    const isOurs = token.test(authorization) || isApiKey(authorization.replace(/^Bearer +/i, ''));
    if (!isOurs) return undefined;
    const { address } = clientFactsOf(request, trustedProxies);
    const { principal } = await identify(authorization, { address, origin });
    return signPassport(principal);
  };
}
