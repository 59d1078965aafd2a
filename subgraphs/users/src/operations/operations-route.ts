/** Tells gateways what the keys of an API client run. */
import type { Service } from '@tributary/chassis';
import { TributaryError } from '@tributary/errors';
import { validate as isUuid } from 'uuid';
import type { OperationManifestStore } from '../stores/operation-manifest-store.ts';
import { createGatewaysOnly } from '../tokens/gateways-only.ts';

export async function servePartnerOperations(
  { http }: Service,
  options: { store: OperationManifestStore; passportPublicKey: string },
): Promise<void> {
  const { store } = options;
  const assertGateway = await createGatewaysOnly(options.passportPublicKey);
  http.get<{ Params: { client: string } }>(
    '/internal/operations/:client',
    async (request, reply) => {
      await assertGateway(request);
      const { client } = request.params;
      const active = isUuid(client) ? await store.findTag(client) : undefined;
      if (!active) throw new TributaryError('NOT_FOUND', 'There is no such API client in force.');
      const etag = `"${active.mode}-${active.version ?? 'none'}"`;
      reply.header('etag', etag);
      if (request.headers['if-none-match'] === etag) return reply.status(304).send();
      return store.findPartnerOperations(active);
    },
  );
}
