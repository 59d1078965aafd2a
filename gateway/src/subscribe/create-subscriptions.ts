import { createRedis, type Service } from '@tributary/chassis';
import { createChannelHistory } from '@tributary/pubsub';
import type { WebSocketServer } from 'ws';
import type { Engine } from '../engine.ts';
import type { Identify } from '../identity/identify.ts';
import type { Revocations } from '../identity/revocations.ts';
import type { OperationUsage } from '../operations/partners/operation-usage.ts';
import type { RateLimits } from '../rate-limits/rate-limits.ts';
import { type Client, type ClientLimits, type Clients, createClients } from './clients.ts';
import { countRequests } from './count-requests.ts';
import { endings } from './endings.ts';
import { createGroups } from './groups.ts';
import { limitSubscriptions } from './limit-subscriptions.ts';
import type { Member } from './member.ts';
import { createOpenSubscription } from './open-subscription.ts';
import { createPolicyWatch } from './policy-watch.ts';
import { createRedisChannels } from './redis-channels.ts';
import { createSubscribe, type Subscribe } from './subscribe.ts';
import { createSubscriptionMetrics } from './subscription-metrics.ts';
import { createWebSocketTransport } from './transports/web-socket.ts';

export interface SubscriptionOptions {
  service: Service;
  redisUrl: string;
  engine: () => Engine;
  identify: Identify;
  revocations: Revocations;
  /** Of connections. */
  limits: ClientLimits;
  subscriptionLimits: ClientLimits;
  /** How long a socket may stay on which nothing is subscribed. */
  idleMilliseconds: number;
  /** Undefined where what partners ask is not counted. */
  usage: OperationUsage | undefined;
  /** Undefined where nothing is limited by rate. */
  rateLimits: RateLimits | undefined;
  /** Proxies in front whose word on a client's address is believed. */
  trustedProxies: number;
}

export interface Subscriptions {
  sockets: WebSocketServer;
  subscribe: Subscribe;
  clients: Clients;
  /** Another supergraph serves: clients subscribe anew, a few at a time, and resume. */
  moveOn(): void;
  /** Ends every client, to connect to another gateway. */
  close(): Promise<void>;
}

/** Joins the stages: Redis channel → group → plan's result → every member's transport. */
export function createSubscriptions(options: SubscriptionOptions): Subscriptions {
  const { service, engine, rateLimits, usage } = options;
  const { logger } = service;
  const redis = connect(options);
  const history = createChannelHistory({ redis: redis.commands });
  const channels = createRedisChannels({ redis: redis.messages, history, logger });
  const metrics = createSubscriptionMetrics(service);
  const clients = createClients({ ...options, onEnded: metrics.ended });
  const policyWatch = createPolicyWatch(clients);
  const clientOf = new WeakMap<Member, Client>();
  const groups = createGroups({
    channels,
    history,
    logger,
    onFailed(members) {
      for (const member of members) {
        const client = clientOf.get(member);
        if (client) clients.end(client, endings.unavailable);
      }
    },
  });
  const openSubscription = createOpenSubscription({ engine, groups, rateLimits, usage });
  const subscribe = limitSubscriptions(
    createSubscribe({ openSubscription, clientOf, clients, policyWatch, metrics, logger }),
    options.subscriptionLimits,
  );
  metrics.watch({ clients, groups, channels });
  const sockets = createWebSocketTransport({
    ...options,
    subscribe: countRequests(subscribe, rateLimits),
    clients,
  });
  return {
    sockets,
    subscribe,
    clients,
    moveOn: clients.moveOn,
    async close() {
      policyWatch.close();
      clients.close();
      sockets.close();
    },
  };
}

/** A connection that subscribes can do nothing else. */
function connect({ service, redisUrl: url }: SubscriptionOptions) {
  const own = { service, url, required: false };
  return {
    commands: createRedis(own),
    messages: createRedis({ ...own, autoResubscribe: false }),
  };
}
