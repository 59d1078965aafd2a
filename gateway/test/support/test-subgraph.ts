import type { IncomingHttpHeaders } from 'node:http';
import { ApolloServer } from '@apollo/server';
import { ApolloServerPluginInlineTraceDisabled } from '@apollo/server/plugin/disabled';
import { startStandaloneServer } from '@apollo/server/standalone';
import { buildSubgraphSchema, type GraphQLSchemaModule } from '@apollo/subgraph';
import { type DocumentNode, parse } from 'graphql';

export interface SubgraphContext {
  headers: IncomingHttpHeaders;
}

export interface SeenRequest extends SubgraphContext {
  query: string;
  variables: Record<string, unknown>;
}

export interface TestSubgraph extends AsyncDisposable {
  url: string;
  typeDefs: DocumentNode;
  /** Every operation it was asked, oldest first. */
  requests: SeenRequest[];
  stop(): Promise<void>;
}

/** A real subgraph over HTTP in this process, on a free port unless one is given. */
export async function startTestSubgraph(
  sdl: string,
  resolvers: object,
  port = 0,
): Promise<TestSubgraph> {
  const typeDefs = parse(sdl);
  const requests: SeenRequest[] = [];
  const server = new ApolloServer<SubgraphContext>({
    schema: buildSubgraphSchema([
      { typeDefs, resolvers: resolvers as NonNullable<GraphQLSchemaModule['resolvers']> },
    ]),
    stopOnTerminationSignals: false,
    plugins: [
      ApolloServerPluginInlineTraceDisabled(),
      {
        async requestDidStart({ request: { query = '', variables = {} }, contextValue }) {
          requests.push({ headers: contextValue.headers, query, variables });
        },
      },
    ],
  });
  const { url } = await startStandaloneServer(server, {
    listen: { port, host: '127.0.0.1' },
    context: async ({ req }) => ({ headers: req.headers }),
  });
  const stop = () => server.stop();
  return { url, typeDefs, requests, stop, [Symbol.asyncDispose]: stop };
}
