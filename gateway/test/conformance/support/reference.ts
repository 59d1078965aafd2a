import { ApolloGateway, type GraphQLDataSource } from '@apollo/gateway';
import { ApolloServer } from '@apollo/server';
import type { ExecutionResult } from 'graphql';
import type { ExecuteOperation } from './subgraph.ts';

export interface Reference extends AsyncDisposable {
  ask: ExecuteOperation;
}

/** Apollo's gateway and server as documented, with the subgraphs a function call away. */
export async function startReference(
  supergraphSdl: string,
  subgraphs: Readonly<Record<string, ExecuteOperation>>,
): Promise<Reference> {
  const logger = { debug() {}, info() {}, warn() {}, error() {} };
  const server = new ApolloServer({
    gateway: new ApolloGateway({
      supergraphSdl,
      logger,
      buildService: ({ name }) => toDataSource(subgraphs[name]),
    }),
    logger,
    includeStacktraceInErrorResponses: false,
    stopOnTerminationSignals: false,
  });
  await server.start();
  return {
    async ask({ query, variables }) {
      const { body } = await server.executeOperation({ query, ...(variables && { variables }) });
      if (body.kind !== 'single') throw new Error('Apollo Server answered in parts.');
      return body.singleResult as ExecutionResult;
    },
    [Symbol.asyncDispose]: () => server.stop(),
  };
}

function toDataSource(ask: ExecuteOperation | undefined): GraphQLDataSource {
  return {
    async process({ request: { query = '', variables = {} } }) {
      // Over JSON as over the wire: neither side may change what the other holds.
      return JSON.parse(JSON.stringify(await ask?.({ query, variables })));
    },
  };
}
