import { randomUUID } from 'node:crypto';
import { newApiKey, type Scope, scopes } from '@tributary/chassis';
import { createKeyPair, serveHttp } from '@tributary/testkit';

export interface TestKeyOptions {
  client?: string;
  workspace?: string;
  scopes?: readonly Scope[];
  allowedOrigins?: string[];
  allowedAddresses?: string[];
}

/** What a client runs that is not held to registered operations. */
const anything = { mode: 'ANY', version: null, operations: [] };

/** Answers for API keys as the users service does. */
export async function startKeyIssuer() {
  const known = new Map<string, object>();
  const server = await serveHttp((request, response) => {
    const [, , kind, id = ''] = request.url?.split('/') ?? [];
    const key = kind === 'operations' ? anything : known.get(id);
    response.writeHead(key ? 200 : 404, { 'content-type': 'application/json' });
    response.end(JSON.stringify(key ?? {}));
  });
  const { privateKey } = await createKeyPair();
  return {
    /** What a gateway needs to ask it. */
    environment: {
      USERS_URL: server.url,
      PASSPORT_PRIVATE_KEY: privateKey,
    },
    issue(given: TestKeyOptions = {}) {
      const id = randomUUID();
      const { text, secretHash } = newApiKey(id);
      const key = {
        client: randomUUID(),
        workspace: randomUUID(),
        scopes,
        allowedOrigins: [],
        allowedAddresses: [],
        ...given,
      };
      const expiresAt = new Date(Date.now() + 600_000).toISOString();
      known.set(id, { ...key, secretHash, expiresAt });
      return { id, ...key, headers: { authorization: `Bearer ${text}` } };
    },
    [Symbol.asyncDispose]: () => server[Symbol.asyncDispose](),
  };
}
