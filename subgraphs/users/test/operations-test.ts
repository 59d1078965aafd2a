import type { UserPrincipal } from '@tributary/chassis';
import type { SubgraphProcess } from '@tributary/testkit';
import { mutate } from './users-test.ts';

export interface TestFile {
  name: string;
  content: string;
}

export const sales = 'query Sales {\n  workspace {\n    name\n  }\n}';
export const people =
  'query People {\n  workspace {\n    members {\n      edges {\n        node {\n          role\n        }\n      }\n    }\n  }\n}';

/** Apollo's manifest of these operations, by name. */
export function manifest(operations: Record<string, string>): TestFile {
  const listed = Object.entries(operations).map(([name, body]) => ({
    ...{ id: `${name.toLowerCase()}-id`, name, type: 'query', body },
  }));
  const content = { format: 'apollo-persisted-query-manifest', version: 1, operations: listed };
  return { name: 'manifest.json', content: JSON.stringify(content) };
}

/** A new API client's id. */
export async function createPartner(
  users: SubgraphProcess,
  who: UserPrincipal,
  input: object = {},
): Promise<string> {
  const { apiClient } = await mutate(
    users,
    who,
    ['createApiClient', 'CreateApiClientInput', 'apiClient { id operationMode }'],
    {
      ...{ name: 'Acme', contactEmail: 'ops@acme.example.com', scopes: ['read:members'] },
      ...input,
    },
  );
  return apiClient.id;
}

const fields = `manifest { id version state note operationCount activatedAt retiredAt }
  problems { operationId origin line column message }`;

/** What administrators do with one client's operations; each answers the mutation's payload. */
export function operationsOf(users: SubgraphProcess, who: UserPrincipal, clientId: string) {
  const run = (name: string, type: string, input: object) =>
    mutate(users, who, [name, type, fields], { clientId, ...input });
  return {
    push: (files: TestFile[], note = '') =>
      run('pushOperations', 'PushOperationsInput', { files, note }),
    activate: (version: number) => run('activateOperations', 'OperationVersionInput', { version }),
    rollBack: (version?: number) =>
      run('rollBackOperations', 'RollBackOperationsInput', { version }),
    retire: (version: number) => run('retireOperations', 'OperationVersionInput', { version }),
    async states() {
      const { data } = await users.query(
        who,
        `query ($id: ID!) { workspace { apiClient(id: $id) {
          activeManifest { version } manifests { version state }
        } } }`,
        { id: clientId },
      );
      const { activeManifest, manifests } = data.workspace.apiClient;
      return {
        active: activeManifest?.version ?? null,
        states: manifests.map(({ state }: { state: string }) => state),
      };
    },
  };
}

/** What a gateway is told of a client's operations. */
export async function askAsGateway(
  users: SubgraphProcess,
  clientId: string,
  headers: Record<string, string> = {},
) {
  const passport = await users.passport({ kind: 'anonymous' });
  const response = await fetch(`${users.url}/internal/operations/${clientId}`, {
    headers: { 'x-passport': passport, ...headers },
  });
  const text = await response.text();
  return {
    status: response.status,
    etag: response.headers.get('etag') ?? '',
    body: text === '' ? undefined : JSON.parse(text),
  };
}
