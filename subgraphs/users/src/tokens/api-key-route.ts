/** Tells gateways what a key is good for. Only who signs passports is answered; no secret comes here. */
import type { Service } from '@tributary/chassis';
import { TributaryError } from '@tributary/errors';
import { validate as isUuid } from 'uuid';
import type { ApiClientStore } from '../stores/api-client-store.ts';
import { createGatewaysOnly } from './gateways-only.ts';

export async function serveApiKeys(
  { http }: Service,
  options: { store: ApiClientStore; passportPublicKey: string },
): Promise<void> {
  const assertGateway = await createGatewaysOnly(options.passportPublicKey);
  http.get<{ Params: { id: string } }>('/internal/api-keys/:id', async (request) => {
    await assertGateway(request);
    const { id } = request.params;
    const key = isUuid(id) ? await options.store.useKey(id) : undefined;
    if (!key) throw new TributaryError('NOT_FOUND', 'There is no such key in force.');
    const { client, secretHash, expiresAt } = key;
    const { id: clientId, workspaceId: workspace, scopes } = client;
    const { allowedOrigins, allowedAddresses, requestsPerMinute, costPerMinute } = client;
    const limits = { allowedOrigins, allowedAddresses, requestsPerMinute, costPerMinute };
    return { secretHash, expiresAt, client: clientId, workspace, scopes, ...limits };
  });
}
