import { newApiKey } from '@tributary/chassis';
import { createKeyPair, person, serveHttp } from '@tributary/testkit';

export interface KeyLimits {
  allowedOrigins?: string[];
  allowedAddresses?: string[];
  requestsPerMinute?: number;
}

/** Stands in for the users service, which knows one API key, of a client that may run anything, and counts who asks for keys. */
export async function startKeyHolder(limits: KeyLimits = {}) {
  const { subject: client, subject: id, workspace } = person();
  const { text, secretHash } = newApiKey(id);
  let asked = 0;
  const server = await serveHttp((request, response) => {
    response.setHeader('content-type', 'application/json');
    if (request.url === `/internal/operations/${client}`) {
      return response.end(JSON.stringify({ mode: 'ANY', version: null, operations: [] }));
    }
    asked += 1;
    if (request.url !== `/internal/api-keys/${id}`) return response.writeHead(404).end();
    const expiresAt = new Date(Date.now() + 600_000).toISOString();
    const scopes = ['read:analytics'];
    const open = { allowedOrigins: [], allowedAddresses: [] };
    const key = { secretHash, expiresAt, client, workspace, scopes, ...open, ...limits };
    return response.end(JSON.stringify(key));
  });
  const { privateKey } = await createKeyPair();
  return {
    key: text,
    /** What a gateway needs to ask it. */
    environment: { USERS_URL: server.url, PASSPORT_PRIVATE_KEY: privateKey },
    asked: () => asked,
    [Symbol.asyncDispose]: () => server[Symbol.asyncDispose](),
  };
}
