import { isApiKey, type PassportSigner } from '@tributary/chassis';
import type { FastifyRequest } from 'fastify';
import { clientFactsOf } from './client-facts-of.ts';
import type { Identify } from './identify.ts';

export interface PassportOfImportOptions {
  identify: Identify;
  signPassport: PassportSigner;
  trustedProxies: number;
}

const importPath = /^\/v1\/imports(?:[/?]|$)/;
const token = /^Bearer +([\w-]+\.[\w-]+\.[\w-]+) *$/i;

/**
 * Whom the ingestion service may believe to be importing a file: write keys are its own to check, access
 * tokens and API keys are ours. Everything else under /v1 goes through as it comes.
 */
export function createPassportOfImport({
  identify,
  signPassport,
  trustedProxies,
}: PassportOfImportOptions) {
  return async (request: FastifyRequest): Promise<string | undefined> => {
    const { authorization, origin } = request.headers;
    if (!importPath.test(request.url) || authorization === undefined) return undefined;
    const isOurs = token.test(authorization) || isApiKey(authorization.replace(/^Bearer +/i, ''));
    if (!isOurs) return undefined;
    const { address } = clientFactsOf(request, trustedProxies);
    const { principal } = await identify(authorization, { address, origin });
    return signPassport(principal);
  };
}
