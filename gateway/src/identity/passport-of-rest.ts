import { isApiKey, type PassportSigner, type Principal } from '@tributary/chassis';
import { TributaryError } from '@tributary/errors';
import type { FastifyRequest } from 'fastify';
import type { PartnerRegistry } from '../operations/partners/partner-registry.ts';
import { clientFactsOf } from './client-facts-of.ts';
import type { Identify } from './identify.ts';

export interface PassportOfRestOptions {
  identify: Identify;
  signPassport: PassportSigner;
  /** Undefined where there are no API keys. */
  partners: Pick<PartnerRegistry, 'operationsOf'> | undefined;
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
  partners,
  trustedProxies,
}: PassportOfRestOptions) {
  return async (request: FastifyRequest): Promise<string | undefined> => {
    const { authorization, origin } = request.headers;
    if (!restPath.test(request.url) || authorization === undefined) return undefined;
    const isOurs = token.test(authorization) || isApiKey(authorization.replace(/^Bearer +/i, ''));
    if (!isOurs) return undefined;
    const { address } = clientFactsOf(request, trustedProxies);
    const { principal } = await identify(authorization, { address, origin });
    await assertRunsAnything(principal, partners);
    return signPassport(principal);
  };
}

/** A partner that runs registered operations has nothing else; a registered `prepareExport` gives links. @throws FORBIDDEN. */
async function assertRunsAnything(
  principal: Principal,
  partners: PassportOfRestOptions['partners'],
): Promise<void> {
  if (principal.kind !== 'client' || !partners) return;
  const { mode } = await partners.operationsOf(principal.subject);
  if (mode === 'ANY') return;
  throw new TributaryError(
    'FORBIDDEN',
    'This API key runs registered operations only. Files take an access token, or a key of a client that may run anything.',
  );
}
