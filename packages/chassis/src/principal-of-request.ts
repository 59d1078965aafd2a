import { TributaryError } from '@tributary/errors';
import type { FastifyRequest } from 'fastify';
import { type PassportVerifier, passportHeader } from './passport.ts';
import type { Principal } from './principal.ts';

/**
 * Whom the gateway says a request outside of the graph is by.
 * @throws UNAUTHENTICATED: `expected` is the message for who sent nothing that the gateway knows.
 */
export async function principalOfRequest(
  { headers }: FastifyRequest,
  verifyPassport: PassportVerifier,
  expected: string,
): Promise<Principal> {
  const passport = headers[passportHeader];
  if (typeof passport !== 'string') throw new TributaryError('UNAUTHENTICATED', expected);
  return verifyPassport(passport).catch(() => {
    throw new TributaryError('UNAUTHENTICATED', 'Expected a passport of the gateway.');
  });
}
