/** Tells gateways what a key is good for. Only who signs passports is answered; no secret comes here. */
import { createPassportVerifier, passportHeader, type Service } from '@tributary/chassis';
import { TributaryError } from '@tributary/errors';
import { validate as isUuid } from 'uuid';
import type { ApiClientStore } from '../stores/api-client-store.ts';

export async function serveApiKeys(
  { http }: Service,
  options: { store: ApiClientStore; passportPublicKey: string },
): Promise<void> {
  const verify = await createPassportVerifier({ publicKey: options.passportPublicKey });
  http.get<{ Params: { id: string } }>('/internal/api-keys/:id', async (request) => {
    const passport = request.headers[passportHeader];
    await verify(typeof passport === 'string' ? passport : undefined).catch(() => {
      throw new TributaryError('UNAUTHENTICATED', 'This answers gateways only.');
    });
    const { id } = request.params;
    const key = isUuid(id) ? await options.store.useKey(id) : undefined;
    if (!key) throw new TributaryError('NOT_FOUND', 'There is no such key in force.');
    const { client, secretHash, expiresAt } = key;
    const { scopes, workspaceId, allowedOrigins, allowedAddresses } = client;
    const limits = { allowedOrigins, allowedAddresses };
    return { secretHash, expiresAt, client: client.id, workspace: workspaceId, scopes, ...limits };
  });
}
