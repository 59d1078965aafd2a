import { ApolloServer, type ApolloServerPlugin } from '@apollo/server';
import { ApolloServerPluginInlineTraceDisabled } from '@apollo/server/plugin/disabled';
import { buildSubgraphSchema, type GraphQLSchemaModule } from '@apollo/subgraph';
import { fastifyApolloHandler } from '@as-integrations/fastify';
import { formatGraphQLError, originalError, TributaryError } from '@tributary/errors';
import type { FastifyRequest } from 'fastify';
import { parse } from 'graphql';
import { type ClientFacts, readClientFacts } from './client-facts.ts';
import type { Logger } from './logger.ts';
import { createPassportVerifier, passportHeader } from './passport.ts';
import type { PolicySet } from './policies/policy-set.ts';
import { withPolicies } from './policies/request-policies.ts';
import type { Principal } from './principal.ts';
import type { Service } from './service.ts';

/** What is known of a request before its operation is looked at. */
export interface RequestFacts {
  principal: Principal;
  requestId: string;
  /** Where the request began, as the gateway saw it. */
  client: ClientFacts;
}

/** What every subgraph's context holds at least. */
export interface SubgraphContext extends RequestFacts {
  logger: Logger;
}

export interface SubgraphOptions<Context extends SubgraphContext> {
  service: Service;
  /** The subgraph's SDL. */
  typeDefs: string;
  resolvers: object;
  /** The gateway's public key as JWK JSON. */
  passportPublicKey: string;
  /** What is in force besides scopes. */
  policies: PolicySet;
  /** Builds what the resolvers of one request share, fresh loaders among it. */
  createContext: (facts: SubgraphContext) => Context;
}

/** Serves `POST /graphql` to the gateway. Without a good passport the answer is 401, before any GraphQL. */
export async function mountSubgraph<Context extends SubgraphContext>(
  options: SubgraphOptions<Context>,
): Promise<void> {
  const { service, typeDefs, resolvers, createContext } = options;
  const verifyPassport = await createPassportVerifier({ publicKey: options.passportPublicKey });
  const apollo = new ApolloServer<Context>({
    schema: buildSubgraphSchema([
      {
        typeDefs: parse(typeDefs),
        resolvers: resolvers as NonNullable<GraphQLSchemaModule['resolvers']>,
      },
    ]),
    introspection: false,
    csrfPrevention: false,
    // The service's own shutdown closes this server in its turn.
    stopOnTerminationSignals: false,
    formatError: formatGraphQLError,
    plugins: [ApolloServerPluginInlineTraceDisabled(), logUnexpectedErrors()],
  });
  await apollo.start();
  service.shutdown.add('graphql', () => apollo.stop());

  service.http.setNotFoundHandler(() => {
    throw new TributaryError('NOT_FOUND', 'There is nothing at this address.');
  });
  service.http.addHook('onRequest', (request, _, done) => {
    const { address } = readClientFacts(request.headers);
    withPolicies({ policies: options.policies, address }, done);
  });
  const principals = new WeakMap<FastifyRequest, Principal>();
  service.http.post('/graphql', {
    preHandler: async (request) => {
      principals.set(request, await principalOf(request, verifyPassport));
    },
    handler: fastifyApolloHandler(apollo, {
      context: async (request) =>
        createContext({
          principal: principals.get(request) ?? { kind: 'anonymous' },
          requestId: request.id,
          client: readClientFacts(request.headers),
          logger: request.log as Logger,
        }),
    }),
  });
}

async function principalOf(
  request: FastifyRequest,
  verify: (passport: string | undefined) => Promise<Principal>,
): Promise<Principal> {
  const passport = request.headers[passportHeader];
  try {
    return await verify(typeof passport === 'string' ? passport : undefined);
  } catch (error) {
    request.log.warn({ err: error }, 'refused a request without a good passport');
    throw new TributaryError('UNAUTHENTICATED', 'This service answers the gateway only.');
  }
}

/** Unexpected errors reach the log once, with the request id; the client sees them masked. */
function logUnexpectedErrors<Context extends SubgraphContext>(): ApolloServerPlugin<Context> {
  return {
    async requestDidStart() {
      return {
        async didEncounterErrors({ errors, contextValue }) {
          for (const error of errors) {
            const expected =
              originalError(error) !== undefined || error.originalError === undefined;
            if (!expected)
              contextValue.logger.error({ err: error.originalError }, 'unexpected error');
          }
        },
      };
    },
  };
}
