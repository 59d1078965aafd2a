import { createPassportVerifier, passportHeader } from '@tributary/chassis';
import { TributaryError } from '@tributary/errors';
import type { FastifyRequest } from 'fastify';

/** Throws UNAUTHENTICATED for whoever does not sign passports: what is internal is told to gateways. */
export async function createGatewaysOnly(passportPublicKey: string) {
  const verify = await createPassportVerifier({ publicKey: passportPublicKey });
  return async ({ headers }: FastifyRequest): Promise<void> => {
    const passport = headers[passportHeader];
    await verify(typeof passport === 'string' ? passport : undefined).catch(() => {
      throw new TributaryError('UNAUTHENTICATED', 'This answers gateways only.');
    });
  };
}
