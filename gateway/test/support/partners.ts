import { randomUUID } from 'node:crypto';
import {
  createTestDatabase,
  createTestRedis,
  type GraphQLAnswer,
  person,
  startSubgraph,
} from '@tributary/testkit';
import { type GatewayProcess, startGateway } from './gateway-process.ts';
import { startTestSupergraph } from './test-supergraph.ts';

/** Operations by id. */
export type Operations = Record<string, string>;

/** The users service and, on demand, gateways over two other subgraphs; partners come with a key each. */
export async function startPartners() {
  await using resources = new AsyncDisposableStack();
  const [supergraph, database, redis] = await Promise.all([
    startTestSupergraph(),
    createTestDatabase('users'),
    createTestRedis(),
  ]);
  for (const resource of [supergraph, database, redis]) resources.use(resource);
  const environment = { SUPERGRAPH: supergraph.path };
  const users = resources.use(await startSubgraph('users', { database, redis, environment }));
  const owned = resources.move();
  const admin = await signUp();

  async function signUp() {
    const { data } = await users.query(
      { kind: 'anonymous' },
      `mutation ($input: SignUpInput!) {
        signUp(input: $input) { session { user { id workspace { id } } } }
      }`,
      { input: { email: `${randomUUID()}@example.com`, password: randomUUID(), name: 'Ada' } },
    );
    const { id: subject, workspace } = data.signUp.session.user;
    return person({ subject, workspace: workspace.id });
  }

  /** Runs a mutation as the administrator, and answers its payload. */
  async function change(field: string, type: string, selection: string, input: object) {
    const document = `mutation ($input: ${type}!) { ${field}(input: $input) { ${selection} userErrors { message } } }`;
    const { data, errors } = await users.query(admin, document, { input });
    const complaints = errors ?? data[field].userErrors;
    if (complaints.length > 0) throw new Error(JSON.stringify(complaints));
    return data[field];
  }

  async function createPartner(operationMode: 'REGISTERED' | 'ANY' = 'REGISTERED') {
    const { apiClient } = await change(
      'createApiClient',
      'CreateApiClientInput',
      'apiClient { id }',
      {
        ...{ name: 'Acme', contactEmail: 'ops@acme.example.com', scopes: ['read:analytics'] },
        operationMode,
      },
    );
    const clientId: string = apiClient.id;
    const { key } = await change('createApiKey', 'CreateApiKeyInput', 'key', { clientId });
    const at = (version: number) => ({ clientId, version });
    return {
      clientId,
      headers: { authorization: `Bearer ${key}` },
      push: async (operations: Operations) => {
        const files = [{ name: 'relay.json', content: JSON.stringify(operations) }];
        const { manifest } = await change(
          'pushOperations',
          'PushOperationsInput',
          'manifest { version } problems { message }',
          { clientId, files },
        );
        return manifest.version as number;
      },
      activate: (version: number) =>
        change('activateOperations', 'OperationVersionInput', 'problems { message }', at(version)),
      rollBack: () =>
        change('rollBackOperations', 'RollBackOperationsInput', 'problems { message }', {
          clientId,
        }),
      retire: (version: number) =>
        change('retireOperations', 'OperationVersionInput', 'problems { message }', at(version)),
      async usage() {
        const { data } = await users.query(
          admin,
          `query ($id: ID!) { workspace { apiClient(id: $id) {
            usage { day operationId requests errors meanMilliseconds p95Milliseconds }
          } } }`,
          { id: clientId },
        );
        return data.workspace.apiClient.usage;
      },
    };
  }

  return {
    supergraph,
    redis,
    users,
    createPartner,
    /** A gateway that knows the users service; more or other variables may be given. */
    startGateway: (more: Record<string, string> = { REDIS_URL: redis.url }) =>
      startGateway({
        supergraph: supergraph.path,
        environment: { USERS_URL: users.url, PASSPORT_PRIVATE_KEY: users.passportKey, ...more },
      }),
    [Symbol.asyncDispose]: () => owned.disposeAsync(),
  };
}

/** POSTs any body; the answer with its status. */
export async function post(
  { url }: Pick<GatewayProcess, 'url'>,
  headers: Record<string, string>,
  body: unknown,
): Promise<GraphQLAnswer & { status: number }> {
  const response = await fetch(`${url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify(body),
  });
  return { ...((await response.json()) as GraphQLAnswer), status: response.status };
}

/** The codes of an answer's errors. */
export const codesOf = ({ errors = [] }: GraphQLAnswer): unknown[] =>
  errors.map(({ extensions }) => extensions.code);
