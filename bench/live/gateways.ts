import { join } from 'node:path';
import type { GatewaySetup } from '@tributary/bench-gateway/gateways/gateway-setup';
import { type GatewayName, gateways } from '@tributary/bench-gateway/gateways/gateways';
import { publishMessage } from '@tributary/pubsub';
import type { Redis } from 'ioredis';

export interface LiveGateway {
  name: GatewayName;
  setup: GatewaySetup;
  /** Beside what every gateway is given. */
  environment: Record<string, string>;
  /** Tells all who listen to a topic; `text` is the message's JSON. */
  publish(redis: Redis, topic: string, text: string): Promise<unknown>;
}

const history = { count: 1_000, milliseconds: 600_000 };
const hiveConfig = join(import.meta.dirname, '../gateway/peers/hive-live.config.mjs');

/** In the order of the tables. */
export const liveGateways: readonly LiveGateway[] = [
  {
    name: 'tributary',
    setup: gateways.tributary,
    environment: {
      SUBSCRIBERS_PER_ADDRESS: '1000000',
      SUBSCRIPTIONS_PER_ADDRESS: '1000000',
      LOG_LEVEL: 'warn',
    },
    publish: (redis, topic, text) =>
      publishMessage(redis, { channel: `bench.${topic}`, text, history }),
  },
  {
    name: 'hive-jit',
    setup: {
      ...gateways['hive-jit'],
      title: 'Hive Gateway `--jit`, Redis PubSub',
      command: (launch) => [...gateways['hive-jit'].command(launch), '--config-path', hiveConfig],
    },
    environment: {},
    publish: (redis, topic, text) => redis.publish(`bench:${topic}`, text),
  },
];
