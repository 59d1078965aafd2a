import type { Service } from '@tributary/chassis';
import type { Redis } from 'ioredis';
import type { Engine } from '../engine.ts';
import type { Identify } from '../identity/identify.ts';
import { createMessageChannels } from './message-channels.ts';
import { createOpenSubscription } from './open-subscription.ts';
import { measureSubscriptions } from './subscription-metrics.ts';
import { createWebSocketServer, type GraphQLWebSocketServer } from './web-socket-server.ts';

export interface SubscriptionOptions {
  service: Service;
  /** A connection of its own: one that subscribes can do nothing else. */
  redis: Redis;
  engine: () => Engine;
  identify: Identify;
}

/** Joins the stages: Redis channel → message → plan's result → socket. */
export function createSubscriptions(options: SubscriptionOptions): GraphQLWebSocketServer {
  const { service, redis, engine, identify } = options;
  const { logger } = service;
  const channels = createMessageChannels({ redis, logger });
  const server = createWebSocketServer({
    schema: engine().supergraph.apiSchema,
    identify,
    openSubscription: createOpenSubscription({ engine, channels }),
    logger,
  });
  measureSubscriptions(service, { sockets: server.sockets, channels });
  return server;
}
