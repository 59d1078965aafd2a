import type { Service } from '@tributary/chassis';
import type { PublicKey } from './token-key.ts';

/** RFC 7517 key set for whoever verifies access tokens; open to all, like the keys in it. */
export function serveKeySet({ http }: Service, keys: readonly PublicKey[]): void {
  http.get('/.well-known/jwks.json', (_, reply) =>
    reply.header('cache-control', 'public, max-age=300').send({ keys }),
  );
}
