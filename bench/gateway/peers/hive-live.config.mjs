/** Hive Gateway with subscriptions that it serves itself, from what Redis publishes, as its documentation has them. */
import { defineConfig } from '@graphql-hive/gateway';
import { RedisPubSub } from '@graphql-hive/pubsub/redis';
import { Redis } from 'ioredis';

const connect = () => new Redis(process.env.REDIS_URL);

export const gatewayConfig = defineConfig({
  pubsub: new RedisPubSub({ pub: connect(), sub: connect() }, { channelPrefix: 'bench' }),
});
