import type { Service } from '@tributary/chassis';
import type { Redis } from 'ioredis';
import type { DataSources } from '../execute/data-sources.ts';
import { createRunPlan } from '../execute/run-plan.ts';
import type { Identify } from '../identity/identify.ts';
import { createSubscriptionCompiler } from '../operations/subscription-operation.ts';
import type { Supergraph } from '../supergraph/load-supergraph.ts';
import { createMessageChannels } from './message-channels.ts';
import { createOpenSubscription } from './open-subscription.ts';
import { createResolveMessage } from './resolve-message.ts';
import { measureSubscriptions } from './subscription-metrics.ts';
import { createWebSocketServer, type GraphQLWebSocketServer } from './web-socket-server.ts';

export interface SubscriptionOptions {
  service: Service;
  /** A connection of its own: one that subscribes can do nothing else. */
  redis: Redis;
  supergraph: Supergraph;
  dataSources: DataSources;
  identify: Identify;
  introspection: boolean;
}

/** Joins the stages: Redis channel → message → plan's result → socket. */
export function createSubscriptions(options: SubscriptionOptions): GraphQLWebSocketServer {
  const { service, redis, supergraph, dataSources, identify, introspection } = options;
  const { logger } = service;
  const channels = createMessageChannels({ redis, logger });
  const openSubscription = createOpenSubscription({
    supergraph,
    compile: createSubscriptionCompiler({ supergraph, introspection }),
    channels,
    resolveMessage: createResolveMessage({
      supergraph,
      dataSources,
      runPlan: createRunPlan({ supergraph }),
    }),
  });
  const server = createWebSocketServer({
    schema: supergraph.apiSchema,
    identify,
    openSubscription,
    logger,
  });
  measureSubscriptions(service, { sockets: server.sockets, channels });
  return server;
}
