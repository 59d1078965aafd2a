/** graphql-transport-ws: https://github.com/enisdenjo/graphql-ws/blob/master/PROTOCOL.md */
import { randomUUID } from 'node:crypto';
import type { Logger } from '@tributary/chassis';
import { originalError, TributaryError } from '@tributary/errors';
import { type FormattedExecutionResult, type GraphQLSchema, parse } from 'graphql';
import { useServer } from 'graphql-ws/use/ws';
import { type WebSocket, WebSocketServer } from 'ws';
import { z } from 'zod';
import type { Context } from '../context.ts';
import type { Identify, Identity } from '../identity/identify.ts';
import { refusalBody, toGraphQLError } from '../plugins/graphql-over-http/answers.ts';
import type { OpenSubscription } from './open-subscription.ts';

const keepAliveMilliseconds = 15_000;
const subscriptionsPerSocket = 100;
const largestMessageBytes = 1_048_576;
/** setTimeout's longest; a client whose token lasts longer connects again then. */
const longestTimeout = 2 ** 31 - 1;

const closeCodes = { tryAgainLater: 1013, unauthorized: 4401, forbidden: 4403 } as const;

/** Operations are compiled elsewhere; the protocol's library wants a document all the same. */
const anyDocument = parse('subscription { __typename }');

const connectionParamsSchema = z.object({ authorization: z.string().optional() }).default({});
const subscribeSchema = z.object({
  query: z.string(),
  operationName: z.string().nullish(),
  variables: z.record(z.string(), z.unknown()).nullish(),
});

export interface WebSocketServerOptions {
  schema: GraphQLSchema;
  identify: Identify;
  openSubscription: OpenSubscription;
  logger: Logger;
}

export interface GraphQLWebSocketServer {
  /** Takes over sockets from an HTTP server's upgrade requests. */
  sockets: WebSocketServer;
  /** Closes every socket with 1001. */
  close(): Promise<void>;
}

/** Serves subscriptions to sockets that say who they are once, when they connect. */
export function createWebSocketServer(options: WebSocketServerOptions): GraphQLWebSocketServer {
  const { schema, identify, openSubscription, logger } = options;
  const sockets = new WebSocketServer({ noServer: true, maxPayload: largestMessageBytes });
  const contexts = new WeakMap<WebSocket, Context>();

  const server = useServer(
    {
      async onConnect({ connectionParams, extra: { socket } }) {
        const context = createContext(logger);
        const identity = await admit(socket, connectionParams, { identify, context });
        if (!identity) return false;
        contexts.set(socket, { ...context, principal: identity.principal });
        closeAtExpiry(socket, identity.expiresAt);
        return true;
      },
      async onSubscribe({ extra, subscriptions }, _id, payload) {
        const context = contexts.get(extra.socket) ?? createContext(logger);
        try {
          assertRoom(Object.keys(subscriptions).length);
          const opened = await openSubscription(parseRequest(payload), context);
          if (opened.kind === 'refused') return opened.errors;
          return { schema, document: anyDocument, contextValue: opened.results };
        } catch (error) {
          return [toGraphQLError(error)];
        }
      },
      subscribe: ({ contextValue }) => contextValue as AsyncGenerator<never>,
      // Errors were formatted when the message was resolved.
      onNext: (_context, _id, _payload, _args, result) => result as FormattedExecutionResult,
      onError: ({ extra }, _id, _payload, errors) => {
        const { requestId } = contexts.get(extra.socket) ?? createContext(logger);
        return JSON.parse(refusalBody(errors.map(toGraphQLError), requestId)).errors;
      },
    },
    sockets,
    keepAliveMilliseconds,
  );
  return { sockets, close: async () => server.dispose() };
}

function createContext(logger: Logger): Context {
  const requestId = randomUUID();
  return { requestId, logger: logger.child({ requestId }), principal: { kind: 'anonymous' } };
}

/** Who connects; undefined when the socket was closed because its token is not good. */
async function admit(
  socket: WebSocket,
  connectionParams: unknown,
  { identify, context }: { identify: Identify; context: Context },
): Promise<Identity | undefined> {
  try {
    return await identify(connectionParamsSchema.parse(connectionParams).authorization);
  } catch (error) {
    const known = originalError(error);
    if (known?.code === 'UNAVAILABLE') socket.close(closeCodes.tryAgainLater, known.message);
    else socket.close(closeCodes.forbidden, known?.message ?? 'Forbidden');
    if (!known && !(error instanceof z.ZodError))
      context.logger.error({ err: error }, 'unexpected error');
    return undefined;
  }
}

function closeAtExpiry(socket: WebSocket, expiresAt: number): void {
  if (expiresAt === Number.POSITIVE_INFINITY) return;
  const remaining = Math.min(Math.max(expiresAt - Date.now(), 0), longestTimeout);
  const timer = setTimeout(() => socket.close(closeCodes.unauthorized, 'token expired'), remaining);
  socket.once('close', () => clearTimeout(timer));
}

function assertRoom(subscriptions: number): void {
  if (subscriptions <= subscriptionsPerSocket) return;
  throw new TributaryError(
    'RATE_LIMITED',
    `A socket holds at most ${subscriptionsPerSocket} subscriptions.`,
  );
}

function parseRequest(payload: unknown): Parameters<OpenSubscription>[0] {
  const parsed = subscribeSchema.safeParse(payload);
  if (!parsed.success) {
    throw new TributaryError('INVALID_INPUT', 'Expected query, variables and operationName.');
  }
  const { query, operationName, variables } = parsed.data;
  return { query, operationName: operationName ?? undefined, variables: variables ?? {} };
}
